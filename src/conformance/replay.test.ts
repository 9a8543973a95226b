import { rounds } from './defaults.ts';
import { describe, expect, test } from 'vitest';
import type { Call } from '../python/call.ts';
import { str, Str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import { EncodingError } from './codec.ts';
import { fileOf, writeCounterexample } from './counterexample.ts';
import { features } from './features.ts';
import { failure, rules as lines, start, subject as greeting } from './reports/testing.ts';
import { exitCodeOf, readReplayable, replay, replayText, type Replay, type Replayable } from './replay.ts';
import { referenceHello } from './subjects/reference.ts';
import {
  chapters,
  check,
  hello,
  returning,
  subject,
  supporting,
  target,
  type Asking,
  type Wrong,
} from './testing.ts';

const pathOf = ({ args: [path] }: Call): string => (path instanceof Str ? path.units : '');
const firstDot: Wrong = (call, right) =>
  right.kind === 'return' && /[^./]\.[^/]*\.[^/]*$/.test(pathOf(call))
    ? { ...right, value: str("it's cut.pyc") }
    : right;
const rule = 'path-last-dot-ends-the-name';
const ruleNamed = (id: string): Parameters<typeof replayText>[2] =>
  chapters.flatMap(({ rules }) => rules).find((one) => one.id === id);

/** Each function breaks one rule, and no other. */
const breaking: Readonly<Record<string, Wrong>> = {
  'path-root-is-lost': (call, right) =>
    right.kind === 'return' && /^\/[^/]*$/.test(pathOf(call)) && right.value instanceof Str
      ? { ...right, value: str('/').concat(right.value) }
      : right,
  'prefix-replaces-the-cache-folder': ({ state, ...call }, right) =>
    right.kind === 'return' ? answer({ ...call, state: { ...state, pycachePrefix: null } }, target) : right,
  'tag-none-raises': ({ state }, right) =>
    state.cacheTag === null && right.kind === 'raise'
      ? { kind: 'return', value: str('__pycache__/a.pyc'), warnings: [] }
      : right,
};

/** The counterexample of a run, as read back from its file. */
const found = async (one: Asking, broken: string): Promise<Replayable> => {
  const { tally } = await check(one, { selection: { rule: broken } });
  const [first] = tally.failures;
  expect(first?.rule).toBe(broken);
  return readReplayable(writeCounterexample(fileOf(first!, tally.start, tally.subject!)));
};
const foundIn = (broken: string): Promise<Replayable> => found(subject(breaking[broken]), broken);
const dots = found(subject(firstDot), rule);

/** The exit code of a replay, its last line, the whole text, and the result. */
const told = async (
  one: Asking,
  replayable?: Replayable,
): Promise<{ code: number; last: string; text: string; replayed: Replay }> => {
  const counterexample = replayable ?? (await dots);
  const replayed = await replay(counterexample, one);
  const text = replayText(counterexample, replayed, ruleNamed(counterexample.file.rule));
  return { code: exitCodeOf(replayed.result), last: text.trimEnd().split('\n').at(-1)!, text, replayed };
};

describe('a counterexample that is asked again', () => {
  test('fails as it did, of the same subject', async () => {
    const { code, last, text } = await told(subject(firstDot));
    expect(last).toMatch(/^It fails as it did when pycache-spec \S+ found it\.$/);
    expect(code).toBe(1);
    expect(text).toContain(`${rule}  `);
    expect(text).toMatch(/^ {4}call +cache_from_source\('[^']+'.*\) {2}# cache_tag=/m);
    expect(text).toMatch(/^ {4}expected +'.*__pycache__\/.*'$/m);
    expect(text).toMatch(/^ {4}got +"it's cut\.pyc"$/m);
    expect(text).not.toContain('It was found against');
  });

  test('holds, of a subject that is right, and is asked some times, in one message each', async () => {
    const one = subject();
    const messages: number[] = [];
    const { ask } = one;
    one.ask = (calls) => {
      messages.push(calls.length);
      return ask(calls);
    };
    const { code, last, text } = await told(one);
    expect(last).toBe('It holds: 3 times each answer was the expected one.');
    expect(code).toBe(0);
    expect(text).not.toContain('cut.pyc');
    expect(messages).toEqual(Array.from({ length: rounds }, () => messages[0]));
    expect(one.closed).toBe(false);
  });

  test('fails in another way, of a subject that is otherwise wrong', async () => {
    const { code, last, text } = await told(subject(returning('x.pyc')));
    expect(last).toBe(`It fails in another way: the recorded answer was "it's cut.pyc"`);
    expect(text).toMatch(/^ {4}got +'x\.pyc'$/m);
    expect(code).toBe(1);
  });

  test('is not deterministic, where an answer changes', async () => {
    for (const nth of [2, 3]) {
      let asked = 0;
      const size = (await dots).calls.length;
      const { code, last, text } = await told(
        subject((call, right) => (Math.ceil(++asked / size) === nth ? firstDot(call, right) : right)),
      );
      expect(last).toBe('It is not deterministic: a call that was repeated 3 times had two answers.');
      expect(text).toMatch(/^ {4}then +"it's cut\.pyc"$/m);
      expect(code).toBe(1);
    }
  });

  const several = (failed: number): Replayable =>
    readReplayable(
      writeCounterexample(
        fileOf(
          failure(lines[0]!, {
            rule,
            calls: ['a.py', 'b.c.py', 'd.e.py', 'f.py'].map((path) => ({
              env: { cache_tag: 'cpython-312', optimize: 0, pycache_prefix: null, cwd: '/w' },
              args: [path],
            })),
            outcomes: ['a', "it's cut.pyc", "it's cut.pyc", 'f'].map((name) => ({ return: name })),
            failed,
          }),
          start(),
          greeting(),
        ),
      ),
    );

  test('of a law with several calls asks them in order, and tells which of them fails', async () => {
    const one = subject(firstDot);
    const { last, text, replayed } = await told(one, several(3));
    expect(one.asked.slice(0, 4).map(pathOf)).toEqual(['a.py', 'b.c.py', 'd.e.py', 'f.py']);
    expect(replayed.result).toMatchObject({ kind: 'in another way', failed: 1 });
    expect(last).toBe('It fails in another way: at call 2, not at call 4 as recorded.');
    expect(text).toMatch(/^ {4}call 2\* +cache_from_source\('b\.c\.py'\)/m);
    expect(text).toContain(
      'It was found against Python 3.13.0 on posix, and this is held to 3.12.1 on posix.',
    );
  });

  test('fails as it did, at the call at which it did, whatever another does', async () => {
    const { replayed } = await told(subject(firstDot), several(2));
    expect(replayed.result).toMatchObject({ kind: 'as it did', failed: 2 });
  });

  test('expects what is right of the release of the subject', async () => {
    const tag = await foundIn('path-root-is-lost');
    const as = { version: [3, 4, 0], platform: 'posix' } as const;
    const { last, text } = await told(subject(undefined, referenceHello(as), as), tag);
    expect(last).toMatch(/^It holds/);
    expect(text).toContain(
      'It was found against Python 3.12.1 on posix, and this is held to 3.4.0 on posix.',
    );
  });

  test('of a rule that is not about the release says so', async () => {
    const prefix = await foundIn('prefix-replaces-the-cache-folder');
    const as = { version: [3, 7, 0], platform: 'posix' } as const;
    const { text } = await told(subject(undefined, referenceHello(as), as), prefix);
    expect(text).toContain('The rule is not about Python 3.7.0 on posix.');
  });

  test('of a rule that there is no more is asked all the same', async () => {
    const { file, ...rest } = await dots;
    const { code, text } = await told(subject(firstDot), { ...rest, file: { ...file, rule: 'path-of-old' } });
    expect(text).toContain('path-of-old\n  This version of the suite has no rule of that name');
    expect(code).toBe(1);
  });

  test('is compared as far as the subject tells', async () => {
    const raising = await foundIn('tag-none-raises');
    const vague: Wrong = (_, right) => (right.kind === 'raise' ? { ...right, message: str('no') } : right);
    const silent = features.filter((feature) => feature !== 'messages');
    expect((await told(subject(vague), raising)).code).toBe(1);
    expect((await told(subject(vague, supporting(silent)), raising)).code).toBe(0);
    let asked = 0;
    const chatty: Wrong = (_, right) =>
      right.kind === 'raise' ? { ...right, message: str(`no ${asked++}`) } : right;
    expect((await told(subject(chatty, supporting(silent)), raising)).code).toBe(0);
  });
});

describe('what cannot be asked says nothing:', () => {
  test('the subject lacks a feature', async () => {
    const tag = await foundIn('tag-none-raises');
    const lacking = supporting(
      features.filter((feature) => feature !== 'cache_tag'),
      { cacheTag: str('cpython-312') },
    );
    const one = subject(undefined, lacking);
    const { code, last, text } = await told(one, tag);
    expect(last).toBe('It says nothing: the calls need what the subject does not support: cache_tag.');
    expect(text).toMatch(/^ {4}got +no answer$/m);
    expect(one.asked).toEqual([]);
    expect(code).toBe(3);
  });

  test.each<readonly [name: string, wrong: Wrong, says: string, code: number]>([
    [
      'it declines',
      () => ({ kind: 'skipped', reason: 'too\nold' }),
      String.raw`It says nothing: the adapter declined a call: too\nold.`,
      3,
    ],
    [
      'it says that it does not support it',
      () => ({ kind: 'unsupported', feature: 'warnings' }),
      'It says nothing: the adapter does not support warnings, which a call needs.',
      3,
    ],
    [
      'it was interrupted',
      () => ({ kind: 'lost', why: 'not run' }),
      'It says nothing: a call was not asked.',
      3,
    ],
    [
      'the adapter fails',
      () => ({ kind: 'lost', why: 'crash', text: 'It ended. Run it by hand.', stderr: '' }),
      'The adapter failed: It ended. Run it by hand.',
      4,
    ],
    [
      'the adapter says that it failed',
      () => ({ kind: 'error', text: 'no memory' }),
      'The adapter failed: no memory',
      4,
    ],
  ])('%s', async (_, wrong, says, code) => {
    const answered = await told(subject(wrong));
    expect(answered.last).toBe(says);
    expect(answered.code).toBe(code);
  });

  test('the subject is held to the release that the run was asked to hold it to', async () => {
    const [first] = (await check(subject(firstDot), { selection: { rule } })).tally.failures;
    const held = (heldTo: string): Replayable =>
      readReplayable(writeCounterexample(fileOf(first!, start({ heldTo }), greeting())));
    // In 3.4.2, the name ends at its first dot.
    const old: Target = { version: [3, 4, 2], platform: 'posix' };
    for (const python of [
      [3, 12, 1],
      [3, 3, 7],
    ] as const) {
      const one = subject(undefined, { ...hello, python }, old);
      const { code, text, replayed } = await told(one, held('3.4.2'));
      expect(code).toBe(0);
      expect(replayed.target).toEqual(old);
      expect(text).toContain(`It is held to 3.4.2, as asked; it claims ${python.join('.')}.\n`);
    }
    const asClaimed = await told(subject(undefined, hello, old));
    expect(asClaimed.code).toBe(1);
    expect(asClaimed.text).not.toContain('as asked');
    expect((await told(subject(), held('3.12.1'))).text).not.toContain('as asked');
  });

  test('the subject is of a release before all that are specified', async () => {
    const { code, last } = await told(subject(undefined, { ...hello, python: [3, 3, 7] }));
    expect(last).toBe(
      'It says nothing: the subject claims Python 3.3.7, and the oldest release specified is 3.4.0.',
    );
    expect(code).toBe(3);
  });
});

describe('what is no counterexample is refused:', () => {
  const good = JSON.parse(writeCounterexample(fileOf(failure(lines[0]!), start(), greeting()))) as Record<
    string,
    unknown
  >;
  const changed = (changes: Record<string, unknown>): string => JSON.stringify({ ...good, ...changes });

  test('but this is one', () => {
    expect(readReplayable(changed({})).file.rule).toBe(lines[0]!.id);
  });

  test.each<readonly [name: string, text: string, says: string]>([
    ['nothing', '', 'it is not JSON'],
    ['the report of a run', '{"type":"start"}\n{}\n', 'it is the report of a whole run'],
    ['another format', changed({ format: 'x' }), 'its "format" is not'],
    ['no calls', changed({ calls: [] }), 'it has no list of "calls"'],
    ['a call that is none', changed({ calls: [{ env: {} }] }), 'a value cannot be missing'],
    ['too few outcomes', changed({ outcomes: [] }), 'it has 1 "calls", and 0 "outcomes"'],
    ['an outcome that is none', changed({ outcomes: [1] }), 'an outcome cannot be 1'],
    ['no version', changed({ suite: undefined }), 'it has no "suite"'],
    ['what is expected in numbers', changed({ expected: [1] }), 'its "expected" is not a list of strings'],
    ['a release that is none', changed({ heldTo: '3.x' }), 'its "heldTo" is no release that is specified'],
    ['a release that is not known', changed({ heldTo: '3.3.0' }), 'its "heldTo" is no release that'],
    ['no subject', changed({ subject: undefined }), 'its "subject" cannot be missing'],
    [
      'no target',
      changed({ subject: { platform: 'posix' } }),
      'its "subject" has no "target" and "platform"',
    ],
  ])('%s', (_, text, says) => {
    expect(() => readReplayable(text)).toThrow(EncodingError);
    expect(() => readReplayable(text)).toThrow(says);
  });
});
