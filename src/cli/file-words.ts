/* How `files` prints a bytecode file. */
import type { BytecodeFile, Runner } from '../bytecode-files.ts';
import { encodeValue, type Json } from '../conformance/codec.ts';
import { formatsOf, type Format } from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import type { FoundFile } from './headers.ts';

/** The writers and the readers of a file; for an existing file, according to its content. */
export function fileInWords(file: BytecodeFile | FoundFile): string {
  const { writers, readers, runners } = file;
  const formats = formatsOfAll(runners);
  const among = formats.length > 1 ? [`in the format of ${formats.map(({ of }) => of).join(' or ')}`] : [];
  const read =
    'readings' in file && file.readings.length > 0
      ? readingsInWords(file.readings)
      : [`read by ${readers.length === 0 ? 'nothing' : readers.join(', ')}`];
  return [`written by ${writers.join(', ')}`, ...among, ...read].join('; ');
}

/** The possible formats of a file, each once. */
const formatsOfAll = (runners: readonly Runner[]): Format[] => [
  ...new Set(runners.flatMap(({ implementation, series }) => formatsOf(implementation, series))),
];

const verbs = { true: 'read by', false: 'not read by', unknown: 'may be read by' };

/** Groups readers with the same verdict. */
function readingsInWords(readings: FoundFile['readings']): string[] {
  const told = readings.map(({ by, isRead, remark }) => ({
    by,
    verb: verbs[`${isRead}`],
    why: remark === undefined ? '' : `: ${remark}`,
  }));
  return [...new Set(told.map(({ verb, why }) => `${verb}${why}`))].map((what) => {
    const same = told.filter(({ verb, why }) => `${verb}${why}` === what);
    return `${same[0]!.verb} ${same.map(({ by }) => by).join(', ')}${same[0]!.why}`;
  });
}

/** A file as JSON. */
export function fileAsJson(source: Str, file: BytecodeFile | FoundFile, other: Str | undefined): Json {
  const { path, isLegacy, runners, writers, readers } = file;
  return {
    source: encodeValue(source),
    path: encodeValue(path),
    legacy: isLegacy,
    of: runners.map(({ implementation, series, level }) => ({
      implementation,
      python: series,
      level: encodeValue(str(level)),
    })),
    formats: formatsOfAll(runners).map(({ of, magic }) => ({ of, magic })),
    writers: writers.map((one) => encodeValue(str(one))),
    readers: readers.map((one) => encodeValue(str(one))),
    ...(other === undefined ? {} : { sharedWith: encodeValue(other) }),
    ...('readings' in file ? whatIsInIt(file) : {}),
  };
}

const whatIsInIt = ({ header, readings }: FoundFile): { readonly [key: string]: Json } => ({
  ...(header === undefined ? {} : { header }),
  readings: readings.map(({ by, isRead, remark }) => ({
    by: encodeValue(str(by)),
    isRead,
    ...(remark === undefined ? {} : { remark }),
  })),
});
