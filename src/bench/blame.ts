/*
 * How well mutants are distinguished: the rules that a default check calls broken for each, compared with those it is
 * known to break; and whether the parts that are wrong are those that its rules decide.
 */
import { readChapters } from '../conformance/chapters.ts';
import { sayIn } from '../conformance/deciding.ts';
import { defaultRuns } from '../conformance/defaults.ts';
import { judge } from '../conformance/judge.ts';
import { targetOf } from '../conformance/plan.ts';
import { run } from '../conformance/run.ts';
import { deadlinesOf } from '../conformance/subjects/adapter.ts';
import { contain } from '../conformance/subjects/contained.ts';
import { startProcess } from '../conformance/subjects/process.ts';
import { commandOf, readMutants, type Mutant } from './mutants.ts';
import { inDigits, median, table } from './table.ts';

/** The result of a default check of one mutant. */
type Told = {
  readonly mutant: Mutant;
  /** The rule that is named first. */
  readonly first: string | undefined;
  readonly broken: readonly string[];
  /** In how many of the failing calls the mutant's rules decide all differing parts. */
  readonly recalled: number;
  readonly failing: number;
  /** How many of the parts that these rules decide in failing calls differ. */
  readonly differing: number;
  readonly decided: number;
};

const chapters = readChapters();
/** The maximum number of failing calls to examine per mutant. */
const mostLookedAt = 500;

async function tellOf(executable: string, mutant: Mutant, seed: number): Promise<Told> {
  const command = commandOf(executable, mutant.file, mutant);
  const own = new Set([...mutant.breaks, ...(mutant.look === undefined ? [] : [mutant.look])]);
  const sums = { recalled: 0, failing: 0, differing: 0, decided: 0 };
  const tally = await run({
    chapters,
    selected: chapters,
    selection: {},
    command,
    runs: defaultRuns,
    seed,
    shard: null,
    emit: () => {},
    open: async (hooks) => {
      const subject = await contain({
        launch: () => startProcess(command),
        deadlines: deadlinesOf(20),
        restarts: 0,
        ...hooks,
      });
      const target = targetOf(subject.hello);
      return {
        hello: subject.hello,
        stopped: () => subject.stopped(),
        close: () => subject.close(),
        ask: async (calls) => {
          const replies = await subject.ask(calls);
          for (const [i, call] of calls.entries()) {
            const reply = replies[i]!;
            if (reply.kind !== 'return' && reply.kind !== 'raise') continue;
            if (sums.failing >= mostLookedAt) break;
            const difference = judge(call, reply, target, subject.hello.supports);
            if (difference === undefined) continue;
            const say = sayIn(call, target);
            const decided = new Set([...own].flatMap((rule) => say.get(rule) ?? []));
            const differing = [...difference.parts].filter((part) => decided.has(part)).length;
            sums.failing++;
            sums.decided += decided.size;
            sums.differing += differing;
            if (differing === difference.parts.size) sums.recalled++;
          }
          return replies;
        },
      };
    },
  });
  return {
    mutant,
    first: tally.failures[0]?.rule,
    broken: tally.failures.filter((one) => one.broken).map(({ rule }) => rule),
    ...sums,
  };
}

/** For each rule, the mutants that are attributed to it, and the rules named beyond those that they break. */
export async function blameTable(
  executable: string,
  seed: number,
  tell: (text: string) => void,
): Promise<string> {
  const told: Told[] = [];
  for (const mutant of readMutants()) {
    tell(mutant.name);
    told.push(await tellOf(executable, mutant, seed));
  }
  const surplus = (one: Told): string[] => one.broken.filter((rule) => !one.mutant.breaks.includes(rule));
  const missing = (one: Told): string[] => one.mutant.breaks.filter((rule) => !one.broken.includes(rule));
  const number = (holds: (one: Told) => boolean): string => String(told.filter(holds).length);
  const rows = chapters
    .flatMap(({ rules }) => rules)
    .map(({ id }) => [
      id,
      number(({ first }) => first === id),
      number(({ broken }) => broken.includes(id)),
      number((one) => surplus(one).includes(id)),
      number((one) => missing(one).includes(id)),
    ]);
  const sum = (of: (one: Told) => number): number => told.reduce((total, one) => total + of(one), 0);
  const share = (part: number, whole: number): string => `${inDigits((100 * part) / whole)} %`;
  const brokenEach = told.map(({ broken }) => broken.length);
  return [
    table([['rule', 'named first', 'broken', 'beside the header', 'missing'], ...rows]),
    '',
    `${told.length} mutants: the first rule is the header's in ${number(({ first, mutant: { breaks, look = breaks[0] } }) => first === look)}; ` +
      `broken at the median ${median(brokenEach)}, at most ${Math.max(...brokenEach)}; ` +
      `beside the headers ${sum((one) => surplus(one).length)}, missing ${sum((one) => missing(one).length)}.`,
    `Of the failing calls ${share(
      sum(({ recalled }) => recalled),
      sum(({ failing }) => failing),
    )} differ only in parts that the mutant's rules decide (recall); of the parts that these decide ${share(
      sum(({ differing }) => differing),
      sum(({ decided }) => decided),
    )} differ (precision).`,
    ...told
      .filter((one) => surplus(one).length + missing(one).length > 0)
      .map((one) => `  ${one.mutant.name}: +${surplus(one).join(' +')} -${missing(one).join(' -')}`),
  ].join('\n');
}
