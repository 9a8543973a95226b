import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { afterAll, describe, expect, test } from 'vitest';
import type { RuleVerdict } from '../books.ts';
import type { Mishap } from '../events.ts';
import { exitCodes, type Verdict } from '../verdict.ts';
import { checkProcess, expectGone, expectSound, misbehaving, type Checked, type Options } from './testing.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pycache-spec-rig-'));
afterAll(() => rmSync(scratch, { recursive: true }));

type Kind = Options & {
  /** The exit code, and the verdict that it stands for. */
  readonly ends: readonly [code: number, verdict: Verdict];
  readonly why?: Mishap;
  /** The first message: what went wrong, and what to do. */
  readonly says?: RegExp;
  /** The verdicts of the rules, without duplicates. */
  readonly rules?: readonly RuleVerdict[];
  /** The calls to blame: none, or only the one that the adapter fails on. */
  readonly blames?: 'none' | 'one';
  /** The command that starts the adapter, if it is not `rig.mjs`. */
  readonly command?: readonly string[];
};

const fine: Kind = { ends: [0, 'conformant'], rules: ['pass'] };
/** The fault may be about any rule. */
const broken: Kind = { ends: [1, 'broken'], selection: {}, runs: 2 };
const failed = (why: Mishap, says: RegExp, more: Partial<Kind> = {}): Kind => ({
  ends: [4, 'adapter'],
  why,
  says,
  ...more,
});
/** Rules that the call is not about still get their verdicts. */
const atOneCall = (why: RuleVerdict): Partial<Kind> => ({
  blames: 'one',
  rules: ['pass', why],
  restarts: 12,
});
/** No call is to blame, and every rule gets its verdict. */
const atNone: Partial<Kind> = { blames: 'none', rules: ['pass'], restarts: 1000 };
/** No rule gets a verdict. */
const atAll = (why: RuleVerdict): Partial<Kind> => ({ rules: [why, 'not run'], restarts: 1 });
/** Short time limits for adapters that hang. */
const soon: Partial<Kind> = { deadlines: { call: 500, message: 800, bye: 1000 } };
/** An adapter that does not need the build, in a mode or with changes to its hello. */
const constant = (mode: string, changes = {}): Partial<Kind> => ({
  command: misbehaving('adapter.mjs', mode, JSON.stringify(changes)),
});

const stdoutIsForTheProtocol = 'stdout carries the protocol and nothing else: print to stderr instead';
const seeProtocol = String.raw`See spec/protocol\.md for replies`;

const kinds: Readonly<Record<string, Kind>> = {
  well: fine,

  // At hello.
  'says no hello': failed('timeout', /did not answer within 1 s\. It was asked for hello\. .*--timeout/, {
    ...constant('silent'),
    deadlines: { hello: 1000 },
  }),
  'says hello late': fine,
  'says hello too late': failed(
    'timeout',
    /did not answer within 1 s\. It was asked for hello\. .*--timeout/,
    {
      deadlines: { hello: 1000 },
    },
  ),
  'exits at hello': failed(
    'crash',
    /ended with exit code 3 before it received bye\. It was asked for hello\. Look at what it printed/,
    constant('exits at hello'),
  ),
  'speaks another protocol': failed(
    'protocol',
    RegExp(`it speaks protocol 2 instead of 1\\. .*${seeProtocol}`),
    constant('well', { protocol: 2 }),
  ),
  'supports what is no feature': failed(
    'protocol',
    /hello supports "telepathy", which is not a feature; the features are optimization, /,
    constant('well', { supports: ['telepathy'] }),
  ),
  'prints before hello': failed(
    'protocol',
    RegExp(`not JSON: "Loading…"\\. Was it meant for stderr\\? .*${stdoutIsForTheProtocol}`),
    constant('prints to stdout'),
  ),
  'is no object': failed('protocol', /hello cannot be \[1\]\. /, constant('is no object')),
  'says hello twice': failed(
    'protocol',
    /without a request: "\{\\"protocol\\"|it answered message missing instead of 1/,
    constant('says hello twice'),
  ),
  'says a long hello': failed('protocol', /a line of more than 16 MiB\. .*without line ends\?/),
  'says hello with a byte order mark': failed('protocol', /not JSON: ".?\{/),

  // The form of a line.
  'writes a line in parts': fine,
  'ends lines as Windows does': fine,
  'adds keys': fine,
  'adds empty lines': failed('protocol', /without a request: ""|not JSON: ""/),
  'prints before it answers': failed(
    'protocol',
    RegExp(`not JSON: "DEBUG: asked"\\. Was it meant for stderr\\? .*${stdoutIsForTheProtocol}`),
    atAll('protocol'),
  ),
  'writes half a line and ends': failed(
    'crash',
    /ended with exit code 0 before it received bye/,
    atAll('crash'),
  ),
  'writes 20 MiB': failed('protocol', /a line of more than 16 MiB\. /),
  'writes Latin-1': failed('protocol', /not UTF-8\. .*Write JSON in ASCII/, atAll('protocol')),
  'writes half a surrogate pair': failed(
    'protocol',
    /lone surrogate: "\\ud800"; write it as/,
    atAll('protocol'),
  ),
  'floods stdout': failed('protocol', /a line of more than 16 MiB\. /, atAll('protocol')),
  'floods stdout with lines': failed('protocol', /not JSON: "x{200}…"/, atAll('protocol')),
  'floods stderr': fine,

  // The choice of messages and calls.
  'answers with another seq': failed('protocol', /it answered message 7 instead of 1/, {
    ...constant('wrong seq'),
    ...atAll('protocol'),
  }),
  'says seq as a text': failed('protocol', /it answered message "1" instead of 1/, atAll('protocol')),
  'forgets seq': failed('protocol', /it answered message missing instead of 1/, atAll('protocol')),
  'answers out of turn': failed('protocol', /it answered message 2 instead of 1/, {
    ...soon,
    restarts: 5,
  }),
  'answers twice': failed('protocol', /answered message 1 a second time|without a request: "\{\\"seq\\":1,/),
  'gives one outcome too few': failed('protocol', /it gave \d+ outcomes for \d+ calls/, {
    ...constant('one too few'),
    ...atAll('protocol'),
  }),
  'gives one outcome too many': failed('protocol', /it gave \d+ outcomes for \d+ calls/, {
    ...constant('one too many'),
    ...atAll('protocol'),
  }),
  'leaves the second message short': failed(
    'protocol',
    /it gave \d+ outcomes for \d+ calls\. .* did not happen again .*not deterministic/,
    atNone,
  ),
  'mixes the outcomes up': broken,
  'echoes what it is asked': failed('protocol', /its outcomes are not a list: missing/, atAll('protocol')),

  // How the process ends, or does not.
  'crashes at one call': failed(
    'crash',
    /ended with exit code 1 .*Look at what it printed/,
    atOneCall('crash'),
  ),
  'crashes once': failed(
    'crash',
    /ended with exit code 1 .* did not happen again .*not deterministic/,
    atNone,
  ),
  'crashes at every seventh call': failed('crash', /ended with exit code 1 .* did not happen again/, atNone),
  'crashes always': failed('crash', /ended by SIGSEGV before it received bye/, {
    ...atAll('crash'),
    restarts: 12,
  }),
  'ends without being told': failed('crash', /ended with exit code 0 before it received bye/),
  'hangs at one call': failed('timeout', /did not answer within 0\.5 s\. .*--timeout/, {
    ...atOneCall('timeout'),
    ...soon,
  }),
  'hangs once': failed('timeout', /did not answer within 0\.8 s\. .* did not happen again/, {
    ...atNone,
    ...soon,
  }),
  'hangs always': failed('timeout', /did not answer within 0\.5 s/, {
    ...atAll('timeout'),
    ...soon,
    restarts: 12,
  }),
  'is slow': fine,
  'answers too late': failed('timeout', /did not answer within 0\.5 s/, { ...atAll('timeout'), ...soon }),
  'closes stdout': failed('timeout', /did not answer within 0\.5 s/, { ...atAll('timeout'), ...soon }),
  'closes stdin': failed('timeout', /did not answer within 0\.5 s/, { ...atAll('timeout'), ...soon }),
  'reads no more': failed('timeout', /did not answer within 0\.5 s/, { ...atAll('timeout'), ...soon }),
  'leaves a child': fine,
  // The child is not waited for, although it holds stdout for longer than the adapter may take to end.
  'leaves a child in another session': { ...fine, deadlines: { bye: 2500 } },

  // After a restart.
  'crashes, then says another hello': failed(
    'protocol',
    /another hello than before\. Let it say the same each time/,
  ),
  'crashes, then says no hello': failed(
    'timeout',
    /^After a restart, it failed: .*did not answer within 1 s/,
    {
      deadlines: { hello: 1000 },
    },
  ),
  'crashes, then does not start': failed('crash', /^After a restart, it failed: .*exit code 9 /),
  'crashes, and may not be started again': failed('crash', /ended with exit code 1 before it received bye/, {
    command: misbehaving('rig.mjs', 'crashes at one call'),
    restarts: 0,
  }),

  // The outcome of a call.
  'is wrong the first time': { ...broken, rules: ['flaky', 'unsupported'] },
  'is wrong at random': broken,
  'says one path': broken,
  'echoes the path': broken,
  'returns a subclass': broken,
  'has no messages': broken,
  'supports nothing': { ends: [3, 'incomplete'], rules: ['unsupported'] },
  'supports less than it said': failed(
    'protocol',
    /hello says that it supports cache_tag, but its answer to cache_from_source\('b'.* that it does not\. Remove cache_tag/,
    atOneCall('protocol'),
  ),
  'skips all': { ends: [3, 'incomplete'], rules: ['skipped'] },
  'skips one call': { ends: [3, 'incomplete'], rules: ['pass', 'skipped'] },
  'skips what it has answered': { ends: [3, 'incomplete'] },
  'fails at all': failed('error', /failed on cache_from_source\(.*: no memory\./, { rules: ['error'] }),
  'fails at one call': failed('error', /failed on cache_from_source\('b'.*: x{300}…\./, atOneCall('error')),
  'says two outcomes in one': failed('protocol', /an outcome is one of return, raise, /, atAll('protocol')),
  'says a number of a half': failed('protocol', /0\.5 is no integer .*write \{"float"/, atAll('protocol')),
  'nests without end': failed('protocol', /nested (deeper than 100 times|too deeply)/, atAll('protocol')),

  // At bye.
  'stays after bye': failed('timeout', /did not end within 1 s after bye\. Make it exit with code 0/, {
    ...atNone,
    deadlines: { bye: 1000 },
  }),
  'fails at bye': failed('crash', /After bye, the adapter ended with exit code 5 instead of 0/, atNone),
  'speaks after bye': failed('protocol', /without a request: "Goodbye!"/, atNone),
  'answers after bye': failed('protocol', /without a request: "\{\\"seq\\"/, atNone),
  'ends within a line': failed('protocol', /The adapter ended in the middle of a line\. /, atNone),
};

/** The calls that are to blame for the problems. */
function blamed({ problems }: Checked): 'none' | 'one' | 'more' {
  if (problems.every(({ call }) => call === null)) return 'none';
  const isGuilty = problems.every(({ call }) => {
    const { env, args } = { env: {}, args: [], ...(call as object) } as {
      env: { cache_tag?: string };
      args: string[];
    };
    return env.cache_tag === '' && args[0] === 'b';
  });
  return isGuilty ? 'one' : 'more';
}

describe('a run tells the truth of an adapter that', () => {
  test.concurrent.each(Object.entries(kinds))('%s', async (name, kind) => {
    const command = kind.command ?? misbehaving('rig.mjs', name, mkdtempSync(join(scratch, 'kept-')));
    const checked = await checkProcess(command, kind);
    const { verdict, problems, tally } = checked;
    const { ends, why, says = /^$/, rules, blames } = kind;

    expectSound(checked);
    const [first] = problems;
    expect(first?.text ?? '').toMatch(says);
    expect({
      ends: [exitCodes[verdict], verdict],
      why: first?.why,
      rules: [...new Set(tally.rules.map((rule) => rule.verdict))].sort(),
      blames: blamed(checked),
    }).toMatchObject({
      ends,
      why,
      ...(rules && { rules: [...rules].sort() }),
      ...(blames && { blames }),
    });

    expect(checked.pids.length).toBeGreaterThan(0);
    await expectGone(checked.pids);
  });
});

/** The most memory that this thread holds during a run, beyond what it held before, in bytes. */
async function heldWhile(run: () => Promise<unknown>): Promise<number> {
  const held = (): number => {
    const { used_heap_size, external_memory } = getHeapStatistics();
    return used_heap_size + external_memory;
  };
  const before = held();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, held())), 5);
  await run();
  clearInterval(timer);
  return Math.max(most, held()) - before;
}

test.each(['floods stdout', 'floods stdout with lines', 'floods stderr'])(
  'an adapter that %s with 200 MB is not kept in memory',
  async (mode) => {
    const held = await heldWhile(async () => {
      const { pids, printed } = await checkProcess(misbehaving('rig.mjs', mode), { restarts: 1 });
      expect(printed > 200e6).toBe(mode === 'floods stderr');
      await expectGone(pids);
    });
    expect(held).toBeLessThan(80e6);
  },
);
