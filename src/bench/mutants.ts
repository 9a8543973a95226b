/* How fast the mutants are found. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { appliesTo, readChapters } from '../conformance/chapters.ts';
import { defaultRuns } from '../conformance/defaults.ts';
import { packageRoot } from '../conformance/package.ts';
import { count, grouped } from '../conformance/reports/wording.ts';
import type { Platform } from '../python/interpreter.ts';
import { targetOf } from '../conformance/plan.ts';
import { formatVersion } from '../python/releases.ts';
import { helloOf, panelOf, seated, type Message, type Panel, type Seat } from './panel.ts';
import { median, table } from './table.ts';

/** What a function claims to be. Without a release, it claims that of the interpreter that runs it. */
export type Claim = { readonly python: string | undefined; readonly platform: Platform };

/** A wrong Python, kept on purpose. */
export type Mutant = Claim & {
  readonly name: string;
  readonly file: string;
  /** The rules that a default check calls broken, the one named first at the beginning. */
  readonly breaks: readonly string[];
  /** The rule that is named first if no rule's own statement is false. */
  readonly look: string | undefined;
};

const mutantsFolder = (): string => join(packageRoot(), 'properties', 'mutants');
const notMutants: ReadonlySet<string> = new Set(['claim.py', 'correct.py', 'run.py']);

/** The correct function, of which a mutant replaces a piece. */
export const correctFunction = (): string => join(mutantsFolder(), 'correct.py');

/** The command that runs a function of that folder as an adapter. */
export const commandOf = (executable: string, file: string, { python, platform }: Claim): string[] => [
  executable,
  join(mutantsFolder(), 'run.py'),
  ...(python === undefined ? [] : ['--python', python]),
  '--platform',
  platform,
  file,
  join(packageRoot(), 'src', 'adapters', 'python.py'),
];

export function readMutants(): Mutant[] {
  const folder = mutantsFolder();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.py') && !notMutants.has(file))
    .map((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const line = (key: string): string | undefined => new RegExp(`^${key}: (.+)$`, 'm').exec(source)?.[1];
      return {
        name: parse(file).name,
        file: join(folder, file),
        breaks: line('Breaks')?.split(', ') ?? [],
        look: line('Look'),
        python: line('Python'),
        platform: (line('Platform') ?? 'posix') as Platform,
      };
    });
}

/** How a mutant was found with one seed: the number of calls up to the first failure. */
type Hunt = {
  /** In a normal run, which starts with the inputs that every check uses; undefined if it was missed. */
  readonly inRun: number | undefined;
  /** With drawn inputs only. */
  readonly drawn: number | undefined;
};

/** How fast one mutant was found. */
export type Chase = {
  readonly mutant: Mutant;
  /** The number of the call at which an input that every check uses fails, with the first seed. */
  readonly fixed: number | undefined;
  readonly hunts: readonly Hunt[];
};

const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));

type Hunting = {
  /** Whether to also look for a mutant with drawn inputs, given the call at which other inputs find it. */
  readonly isAwaited?: (fixed: number | undefined) => boolean;
  /** Called with progress messages. */
  readonly tell?: (text: string) => void;
};

/** The number of seeds whose inputs are kept in memory at once. */
const seedsTogether = 5;

/**
 * Looks for mutants with the default runs and the seeds from 1 on. Skips mutants of rules that do not apply to the
 * release.
 */
export async function chase(
  executable: string,
  seeds: number,
  mutants: readonly Mutant[],
  { isAwaited = () => true, tell = () => {} }: Hunting = {},
): Promise<Chase[]> {
  const chases: Chase[] = [];
  for (const claimants of byClaim(mutants)) {
    const hello = await helloOf(commandOf(executable, correctFunction(), claimants[0]));
    const target = targetOf(hello);
    const claiming = claimants.filter(({ breaks }) =>
      breaks.every((id) => appliesTo(rules.get(id)!, target)),
    );
    const claim = `${formatVersion(target.version)} on ${target.platform}`;
    tell(`${count(claiming.length, 'mutant')} of ${claim}, by what is asked every time`);
    const panelFor = (seed: number): Panel => panelOf(hello, { runs: defaultRuns, seed });
    const first = panelFor(1);
    let hunted = await inPairs(claiming, async (mutant): Promise<Chase> => {
      const fixed = await firstFailure(executable, mutant, first, (message) => message.fixed);
      return { mutant, fixed: fixed?.calls, hunts: [] };
    });
    const left = (): Chase[] => hunted.filter(({ fixed }) => isAwaited(fixed));
    for (let seed = 1; seed <= seeds && left().length > 0; seed += seedsTogether) {
      tell(`${left().length} of ${claim}, by drawn inputs: seed ${seed} of ${seeds}`);
      const panels = Array.from({ length: Math.min(seedsTogether, seeds - seed + 1) }, (_, i) =>
        panelFor(seed + i),
      );
      const more = await inPairs(left(), async (one): Promise<Chase> => ({
        ...one,
        hunts: [...one.hunts, ...(await huntsOf(executable, one, panels))],
      }));
      hunted = hunted.map((one) => more.find(({ mutant }) => mutant === one.mutant) ?? one);
    }
    chases.push(...hunted);
  }
  return chases;
}

/** Groups mutants with the same claim. */
function byClaim(mutants: readonly Mutant[]): ReadonlyArray<readonly [Mutant, ...Mutant[]]> {
  const groups = new Map<string, [Mutant, ...Mutant[]]>();
  for (const mutant of mutants) {
    const key = `${mutant.python} ${mutant.platform}`;
    const group = groups.get(key);
    if (group) group.push(mutant);
    else groups.set(key, [mutant]);
  }
  return [...groups.values()];
}

const huntsOf = (executable: string, { mutant, fixed }: Chase, panels: readonly Panel[]): Promise<Hunt[]> =>
  seated(commandOf(executable, mutant.file, mutant), async (seat) => {
    const hunts: Hunt[] = [];
    for (const panel of panels) {
      const found = await firstOf(panel, seat, (message) => !message.fixed);
      const calls = [fixed, found?.calls].filter((one) => one !== undefined);
      hunts.push({ inRun: calls.length > 0 ? Math.min(...calls) : undefined, drawn: found?.drawn });
    }
    return hunts;
  });

type Position = { readonly calls: number; readonly drawn: number };

const firstFailure = (
  executable: string,
  mutant: Mutant,
  panel: Panel,
  isAsked: (message: Message) => boolean,
): Promise<Position | undefined> =>
  seated(commandOf(executable, mutant.file, mutant), (seat) => firstOf(panel, seat, isAsked));

async function firstOf(
  panel: Panel,
  seat: Seat,
  isAsked: (message: Message) => boolean,
): Promise<Position | undefined> {
  for await (const found of panel.failures(seat, filtered(panel.messages(), isAsked))) return found;
  return undefined;
}

function* filtered<T>(all: Iterable<T>, isWanted: (one: T) => boolean): Generator<T> {
  for (const one of all) if (isWanted(one)) yield one;
}

/** Processes two at a time. */
async function inPairs<T, R>(all: readonly T[], make: (one: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  const rest = [...all.entries()];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      made[next[0]] = await make(next[1]);
    }
  };
  await Promise.all([work(), work()]);
  return made;
}

/** The calls up to the first failure. A seed that misses counts as infinitely many. */
const until = (hunts: readonly Hunt[], key: keyof Hunt): number[] =>
  hunts.map((hunt) => hunt[key] ?? Number.POSITIVE_INFINITY);
const shown = (calls: number): string => (Number.isFinite(calls) ? grouped(Math.ceil(calls)) : 'missed');

/** A table of the chases, those that are slowest with drawn inputs only first. */
export function chaseTable(chases: readonly Chase[]): string {
  const rows = chases
    .map(({ mutant, fixed, hunts }) => ({
      name: mutant.name,
      fixed,
      drawn: until(hunts, 'drawn'),
      inRun: until(hunts, 'inRun'),
    }))
    .toSorted((a, b) => median(b.drawn) - median(a.drawn) || Math.max(...b.drawn) - Math.max(...a.drawn));
  return table([
    [
      'mutant',
      'in a run',
      'worst',
      'by what is asked every time',
      'by drawn inputs alone',
      'worst',
      'missed',
    ],
    ...rows.map(({ name, fixed, drawn, inRun }) => [
      name,
      shown(median(inRun)),
      shown(Math.max(...inRun)),
      fixed === undefined ? '-' : grouped(fixed),
      shown(median(drawn)),
      shown(Math.max(...drawn)),
      `${drawn.filter((calls) => !Number.isFinite(calls)).length} of ${drawn.length}`,
    ]),
  ]);
}

/** The number of hunts, and how many missed: in a normal run, and with drawn inputs only. */
export function missesOf(chases: readonly Chase[]): { hunts: number; inRun: number; drawn: number } {
  const hunts = chases.flatMap((one) => one.hunts);
  const missed = (key: keyof Hunt): number => hunts.filter((hunt) => hunt[key] === undefined).length;
  return { hunts: hunts.length, inRun: missed('inRun'), drawn: missed('drawn') };
}

const elsewhere = ({ length }: readonly Mutant[], chases: readonly Chase[]): string =>
  length === chases.length ? '' : ` (${length - chases.length} more are about other releases)`;

/** A table of the calls up to each mutant's first failure, over many seeds. */
export async function mutantsTable(
  executable: string,
  seeds: number,
  tell: (text: string) => void,
): Promise<string> {
  const mutants = readMutants();
  const chases = await chase(executable, seeds, mutants, { tell });
  const { hunts, inRun, drawn } = missesOf(chases);
  const always = chases.filter(({ fixed }) => fixed !== undefined).length;
  const middle = (key: keyof Hunt): string =>
    shown(median(chases.map((one) => median(until(one.hunts, key)))));
  return [
    `Calls until the first failure of each mutant: medians over ${seeds} seeds, ${defaultRuns} runs a property`,
    chaseTable(chases),
    `${chases.length} mutants${elsewhere(mutants, chases)}: ${always} are caught by what is asked every time. Of ${grouped(hunts)} runs ` +
      `${inRun} missed theirs, and ${drawn} would have missed it by drawn inputs alone. The median mutant ` +
      `takes ${middle('inRun')} calls, and ${middle('drawn')} by drawn inputs alone.`,
  ].join('\n\n');
}

/** How often default runs miss the mutants that only drawn inputs find. */
export async function missRate(
  executable: string,
  seeds: number,
  tell: (text: string) => void,
): Promise<string> {
  const mutants = readMutants();
  const chases = await chase(executable, seeds, mutants, {
    isAwaited: (fixed) => fixed === undefined,
    tell,
  });
  const hard = chases.filter(({ fixed }) => fixed === undefined);
  if (hard.length === 0) return 'What is asked every time catches every mutant: no seed can miss one.';
  const { hunts, inRun } = missesOf(hard);
  return [
    `Mutants that only drawn inputs catch, over ${grouped(seeds)} seeds, ${defaultRuns} runs a property`,
    chaseTable(hard),
    `${chases.length} mutants${elsewhere(mutants, chases)}, of which what is asked every time leaves ${hard.length}: ` +
      `${grouped(inRun)} of ${grouped(hunts)} runs missed theirs.`,
  ].join('\n\n');
}
