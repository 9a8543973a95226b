import {
  bytecodeFiles,
  everySeries,
  isLevel,
  sharing,
  type BytecodeFile,
  type Untold,
  type Wanted,
} from '../bytecode-files.ts';
import { toLine } from '../conformance/codec.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { implementationNames, implementations } from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import { answer } from '../reference.ts';
import { Collisions } from './collisions.ts';
import { fileAsJson, fileInWords } from './file-words.ts';
import { withHeaders } from './headers.ts';
import type { Like } from './like.ts';
import { filesOnDisk, type Filters } from './on-disk.ts';
import { batches, pass, requirePaths, type Written } from './path.ts';
import { readQuestion, type Question } from './question.ts';
import { readImplementations, readPlatform, readVersion, readWorkingDirectory } from './target.ts';
import { readOptions, UsageError, type ValuesOf } from './usage.ts';

export const files = {
  async run(args: readonly string[]): Promise<number> {
    const { values: typed, positionals, given } = readOptions('files', args);
    requirePaths('files takes a SOURCE', positionals);
    const cwd = typed['on-disk'] ? { cwd: typed.cwd ?? process.cwd() } : {};
    const values = { ...typed, ...cwd };
    const started = readStarted(values, given);
    const { wanted, wantsAll } = readSelection(values, started);
    const { platform } = wanted;
    const onDisk = values['on-disk'];
    const isNamed = !wantsAll.implementation || !wantsAll.version;
    const collisions = values.collisions ? new Collisions(platform, wanted.cwd) : undefined;
    let lacking = false;
    for await (const { paths, where } of batches(positionals, values.null, platform)) {
      const to: Written = { out: '', err: '' };
      for (const [i, source] of paths.entries()) {
        const told = bytecodeFiles(source, wanted);
        requireWorkingDirectory(told.untold, wanted, where(i));
        const all = onDisk
          ? withHeaders(
              filesOnDisk(source, told.files, wanted, wantsAll),
              source,
              wanted,
              isNamed,
              started?.like.hashChecks,
            )
          : told.files;
        if (all.length === 0) lacking = true;
        const its = started && fileOf(started, source);
        const isLookedFor = ({ path }: BytecodeFile): boolean => its?.equals(path) === true;
        const other = sharing(source, platform);
        for (const one of told.untold) to.err += `pycache-spec: ${where(i)}${raising(one)}\n`;
        if (!values.json && !collisions) {
          if (other !== undefined) {
            to.err += `pycache-spec: ${where(i)}${other.units} has the same files, except those without a tag\n`;
          }
          if (told.files.some(isLookedFor) && !all.some(isLookedFor)) {
            to.err += `pycache-spec: ${where(i)}this interpreter looks for ${its!.units}, which does not exist\n`;
          }
        }
        for (const one of all) {
          const start = started && { ...started, isLookedFor: isLookedFor(one) };
          if (collisions) collisions.add(source, one.path);
          else if (values.json) to.out += `${toLine(fileAsJson(source, one, other, start))}\n`;
          else if (values.null) to.out += `${one.path.units}\0`;
          else to.out += `${one.path.units}\t${fileInWords(one, start)}\n`;
        }
      }
      if (!(await pass(to))) break;
    }
    const shared = collisions?.print(values, ['path', 'sources']) ?? '';
    await pass({ out: shared, err: '' });
    return (lacking && !onDisk) || shared !== '' ? exitCodes.broken : 0;
  },
};

/**
 * Reads the options that select the files to list.
 * @throws UsageError
 */
function readSelection(
  values: ValuesOf<'files'>,
  started: Started | undefined,
): { wanted: Wanted; wantsAll: Filters } {
  const platform = readPlatform(values.platform);
  if (values['on-disk'] && (platform === 'win32') !== (process.platform === 'win32')) {
    throw new UsageError(
      `--on-disk reads the disk of this machine, whose paths are not those of ${platform}`,
    );
  }
  const chosen = started ? [started.like.starting.implementation] : listOf(values.implementation);
  const kept = chosen ? readImplementations(...chosen) : implementations;
  const versions = started
    ? [started.target.version]
    : listOf(values['python-version'])?.map((one) => readVersion(one));
  const levels = listOf(values.levels);
  for (const level of levels ?? []) requireLevel(level);
  const { cwd, 'pycache-prefix': prefix } = values;
  const wanted: Wanted = {
    platform,
    implementations: kept,
    versions: versions ?? everySeries(kept),
    levels: levels ?? [...new Set(['0', '1', '2', ...(started ? [`${started.state.optimize}`] : [])])],
    pycachePrefix: started ? started.state.pycachePrefix : prefix === undefined ? null : str(prefix),
    cwd: cwd === undefined ? null : readWorkingDirectory(cwd, platform),
  };
  if (bytecodeFiles(str('a.py'), { ...wanted, pycachePrefix: null }).files.every((one) => one.isLegacy)) {
    throw new UsageError('none of these interpreters has a known tag and writes files at these levels');
  }
  const wantsAll = {
    implementation: chosen === undefined,
    version: versions === undefined,
    level: levels === undefined,
  };
  return { wanted, wantsAll };
}

/** The interpreter that `--like` describes. */
type Started = Question & { readonly like: Like };

/** @throws UsageError */
function readStarted(values: ValuesOf<'files'>, given: ReadonlySet<string>): Started | undefined {
  if (values.like === undefined) return undefined;
  const { values: usual } = readOptions('explain', []);
  const version = values['python-version'] ?? usual['python-version'];
  if (version.includes(',')) {
    throw new UsageError(
      `--like starts one interpreter: --python-version takes one release, not '${version}'`,
    );
  }
  const question = readQuestion({ ...usual, ...values, 'python-version': version }, given);
  return { ...question, like: question.like! };
}

/** The file that the interpreter looks for; undefined if Python raises. */
function fileOf(started: Started, source: Str): Str | undefined {
  const outcome = answer(started.call(source), started.target);
  return outcome.kind === 'return' ? (outcome.value as Str) : undefined;
}

/** Splits a list at commas. */
const listOf = (text: string | undefined): string[] | undefined => text?.split(',');

/** @throws UsageError */
function requireLevel(level: string): void {
  if (isLevel(level)) return;
  throw new UsageError(`--levels takes a comma-separated list of levels, such as 0,2, not '${level}'`);
}

/** @throws UsageError */
function requireWorkingDirectory(untold: readonly Untold[], { cwd }: Wanted, where: string): void {
  if (cwd !== null || untold.every(({ outcome }) => outcome.type !== 'FileNotFoundError')) return;
  throw new UsageError(
    `${where}below the prefix, the files of a relative source depend on the working directory: give it with --cwd`,
  );
}

const raising = ({ runner: { implementation, series, level }, outcome }: Untold): string =>
  `${implementationNames[implementation]} ${series} at level ${level} raises ${outcome.type}: ${outcome.message?.units}`;
