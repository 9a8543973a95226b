import { bytecodeFiles, everySeries, isLevel, sharing, type Untold, type Wanted } from '../bytecode-files.ts';
import { toLine } from '../conformance/codec.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { implementationNames, implementations } from '../python/tags.ts';
import { str } from '../python/text.ts';
import { Collisions } from './collisions.ts';
import { fileAsJson, fileInWords } from './file-words.ts';
import { withHeaders } from './headers.ts';
import { filesOnDisk, type Filters } from './on-disk.ts';
import { batches, pass, requirePaths, type Written } from './path.ts';
import { readImplementations, readPlatform, readVersion, readWorkingDirectory } from './target.ts';
import { readOptions, UsageError } from './usage.ts';

export const files = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions('files', args);
    requirePaths('files takes a SOURCE', positionals);
    const platform = readPlatform(values.platform);
    const onDisk = values['on-disk'];
    if (onDisk && (platform === 'win32') !== (process.platform === 'win32')) {
      throw new UsageError(
        `--on-disk reads the disk of this machine, whose paths are not those of ${platform}`,
      );
    }
    const chosen = listOf(values.implementation);
    const kept = chosen ? readImplementations(...chosen) : implementations;
    const versions = listOf(values['python-version'])?.map(readVersion);
    const levels = listOf(values.levels);
    for (const level of levels ?? []) requireLevel(level);
    const prefix = values['pycache-prefix'];
    const cwd = values.cwd ?? (onDisk ? process.cwd() : undefined);
    const wanted: Wanted = {
      platform,
      implementations: kept,
      versions: versions ?? everySeries(kept),
      levels: levels ?? ['0', '1', '2'],
      pycachePrefix: prefix === undefined ? null : str(prefix),
      cwd: cwd === undefined ? null : readWorkingDirectory(cwd, platform),
    };
    if (bytecodeFiles(str('a.py'), { ...wanted, pycachePrefix: null }).files.every((one) => one.isLegacy)) {
      throw new UsageError('none of these interpreters has a known tag and writes files at these levels');
    }
    const wantsAll: Filters = {
      implementation: chosen === undefined,
      version: versions === undefined,
      level: levels === undefined,
    };
    const isNamed = !wantsAll.implementation || !wantsAll.version;
    const collisions = values.collisions ? new Collisions(platform, wanted.cwd) : undefined;
    let lacking = false;
    for await (const { paths, where } of batches(positionals, values.null, platform)) {
      const to: Written = { out: '', err: '' };
      for (const [i, source] of paths.entries()) {
        const told = bytecodeFiles(source, wanted);
        requireWorkingDirectory(told.untold, wanted, where(i));
        const all = onDisk
          ? withHeaders(filesOnDisk(source, told.files, wanted, wantsAll), source, wanted, isNamed)
          : told.files;
        if (all.length === 0) lacking = true;
        const other = sharing(source, platform);
        for (const one of told.untold) to.err += `pycache-spec: ${where(i)}${raising(one)}\n`;
        if (other !== undefined && !values.json && !collisions) {
          to.err += `pycache-spec: ${where(i)}${other.units} has the same files, except those without a tag\n`;
        }
        for (const one of all) {
          if (collisions) collisions.add(source, one.path);
          else if (values.json) to.out += `${toLine(fileAsJson(source, one, other))}\n`;
          else to.out += values.null ? `${one.path.units}\0` : `${one.path.units}\t${fileInWords(one)}\n`;
        }
      }
      if (!(await pass(to))) break;
    }
    const shared = collisions?.print(values, ['path', 'sources']) ?? '';
    await pass({ out: shared, err: '' });
    return (lacking && !onDisk) || shared !== '' ? exitCodes.broken : 0;
  },
};

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
