/* How `files` prints a bytecode file. */
import type { BytecodeFile, Runner } from '../bytecode-files.ts';
import { encodeValue, type Json } from '../conformance/codec.ts';
import { formatsOf, type Format } from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import type { FoundFile } from './headers.ts';
import { likeJson, type Question } from './question.ts';

/** The writers and the readers of a file; for an existing file, according to its content. */
export function fileInWords(file: BytecodeFile | FoundFile, start?: Start): string {
  const { writers, readers, runners } = file;
  const formats = formatsOfAll(runners);
  const among = formats.length > 1 ? [`in the format of ${formats.map(({ of }) => of).join(' or ')}`] : [];
  const read =
    'readings' in file && file.readings.length > 0
      ? readingsInWords(file.readings)
      : [`read by ${readers.length === 0 ? 'nothing' : readers.join(', ')}`];
  return [...(start ? startInWords(start) : []), `written by ${writers.join(', ')}`, ...among, ...read].join(
    '; ',
  );
}

/** A started interpreter, and whether it looks for the file. */
type Start = Question & { readonly isLookedFor: boolean };

const startInWords = ({ like, isLookedFor }: Start): string[] =>
  isLookedFor
    ? [
        like?.state.written
          ? 'looked for and written by this interpreter'
          : 'looked for by this interpreter, which does not write it',
      ]
    : [];

/** The state, and whether the interpreter writes this file. */
function startAsJson({ isLookedFor, ...question }: Start): { readonly [key: string]: Json } {
  const { written, ...state } = likeJson(question);
  return { isLookedFor, written: isLookedFor && written === true, ...state };
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
export function fileAsJson(
  source: Str,
  file: BytecodeFile | FoundFile,
  other: Str | undefined,
  start?: Start,
): Json {
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
    ...(start ? startAsJson(start) : {}),
  };
}

const whatIsInIt = ({ header, readings }: FoundFile): { readonly [key: string]: Json } => ({
  ...(header === undefined ? {} : { header }),
  readings: readings.map(({ by, isRead, remark, raises }) => ({
    by: encodeValue(str(by)),
    isRead,
    ...(raises === undefined ? {} : { raises }),
    ...(remark === undefined ? {} : { remark }),
  })),
});
