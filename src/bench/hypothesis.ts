/* How soon a check finds the mutants, compared with a differential test that one would write with Hypothesis. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../conformance/codec.ts';
import { packageRoot } from '../conformance/package.ts';
import { defaultRuns } from '../conformance/defaults.ts';
import type { Result } from './figure.ts';
import { commandOf, correctFunction, readMutants } from './mutants.ts';
import { helloOf, panelOf, seated } from './panel.ts';
import { median } from './table.ts';

const execute = promisify(execFile);
const version = '6.170.17';

/** The times, in seconds, for which to report how many were found. */
const bySecond = [0.1, 0.2, 0.5, 1, 2, 5] as const;

type Found = { readonly found: boolean; readonly seconds: number };

/** How many were found within each of these times, and in total. */
const foundBy = (all: readonly Found[]): string =>
  [
    ...bySecond.map(
      (most) => `${all.filter(({ found, seconds }) => found && seconds <= most).length} within ${most} s`,
    ),
    `${all.filter(({ found }) => found).length} of ${all.length} in all`,
  ].join(', ');

/** @param python runs the mutants, and Hypothesis in a virtual environment */
export async function hypothesis(python: string, tell: (text: string) => void): Promise<Result> {
  // A differential test in one process covers only one release, one platform and one function.
  const mutants = readMutants().filter(
    ({ python: claimed, platform, breaks }) =>
      claimed === undefined && platform === 'posix' && breaks.every((rule) => !rule.startsWith('back-')),
  );
  const folder = mkdtempSync(join(tmpdir(), 'pycache-spec-hypothesis-'));
  try {
    await execute(python, ['-m', 'venv', folder]);
    const own = join(folder, 'bin', 'python');
    try {
      await execute(own, [
        '-m',
        'pip',
        'install',
        '-q',
        '--disable-pip-version-check',
        `hypothesis==${version}`,
      ]);
    } catch (error) {
      return {
        absent: `Hypothesis ${version} cannot be installed: ${(error as Error).message.split('\n')[0]}`,
      };
    }
    tell(`Hypothesis ${version}, ${mutants.length} mutants`);
    const script = join(packageRoot(), 'src', 'bench', 'differential.py');
    const { stdout } = await execute(own, [script, ...mutants.map(({ file }) => file)], { maxBuffer: 1e8 });
    const theirs = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json as Found);
    tell('a check of each');
    const ours: Found[] = [];
    for (const mutant of mutants) ours.push(await timeToFind(python, mutant));
    tell(`Hypothesis: ${foundBy(theirs)}`);
    tell(`check: ${foundBy(ours)}`);
    const last = Math.max(...ours.map(({ seconds }) => seconds));
    const whole = theirs.filter(({ found }) => !found).map(({ seconds }) => seconds);
    const figure = last / median(whole.length === 0 ? theirs.map(({ seconds }) => seconds) : whole);
    return {
      figure,
      range: [figure, figure],
      aim: 'below 1, with every mutant found',
      reached: ours.every(({ found }) => found) && figure < 1,
      what: `seconds until a check has found the last of its mutants, to those of a whole run of Hypothesis ${version}; check: ${foundBy(ours)}; Hypothesis: ${foundBy(theirs)}`,
      ours: ours.map(({ seconds }) => seconds),
      theirs: theirs.map(({ seconds }) => seconds),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The time from the adapter's start to the first wrong answer, including planning and drawing. */
async function timeToFind(python: string, mutant: ReturnType<typeof readMutants>[number]): Promise<Found> {
  const hello = await helloOf(commandOf(python, correctFunction(), mutant));
  const begun = performance.now();
  const panel = panelOf(hello, { runs: defaultRuns, seed: 1 });
  const found = await seated(commandOf(python, mutant.file, mutant), async (seat) => {
    for await (const one of panel.failures(seat)) return one;
    return undefined;
  });
  return { found: found !== undefined, seconds: (performance.now() - begun) / 1000 };
}
