/* Functions that ignore their input satisfy only those laws that give a reason here. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import type { Call, Outcome } from '../src/python/call.ts';
import { Str, str } from '../src/python/text.ts';
import { releaseOf } from '../src/python/releases.ts';
import type { Target } from '../src/reference.ts';
import { Broken, properties } from './index.ts';
import type { LawCase } from './scope.ts';

const rules = readChapters().flatMap((chapter) => chapter.rules);
const applicableTo = (target: Target): string[] =>
  rules.filter((rule) => appliesTo(rule, target)).map(({ id }) => id);

/** Each rule applies to at least one of these. */
const targets: readonly Target[] = [
  { version: [3, 12, 1], platform: 'posix' },
  { version: [3, 15, 0], platform: 'win32' },
  { version: [3, 4, 0], platform: 'posix' },
  { version: [3, 8, 0], platform: 'posix' },
  { version: [3, 13, 8], platform: 'posix' },
  { version: [3, 15, 0], platform: 'posix' },
  { version: [3, 8, 0], platform: 'win32' },
  { version: [3, 8, 14], platform: 'win32' },
];

test('each rule applies to a target that is tried below', () => {
  const tried = new Set(targets.flatMap(applicableTo));
  expect(rules.filter(({ id }) => !tried.has(id))).toEqual([]);
});

type Ignorant = (call: Call) => Outcome;
const returning = (value: Str | null): Outcome => ({ kind: 'return', value, warnings: [] });
const raising =
  (type: string, message = ''): Ignorant =>
  () => ({ kind: 'raise', type, message: str(message), warnings: [] });

/** Laws that such functions satisfy, and why. */
const weak: Record<string, string> = {
  'call-same-result-each-time': 'says the same of the same call, as it does of all',
  'back-same-result-each-time': 'the same',
};

/** Functions that give the same answer to every call, or return the path itself. */
const ignorant: ReadonlyArray<readonly [name: string, answer: Ignorant]> = [
  ['returns a path', () => returning(str('__pycache__/a.cpython-312.pyc'))],
  ['returns the path', ({ args: [path = null] }) => ({ kind: 'return', value: path, warnings: [] })],
  ['returns the empty path', () => returning(Str.empty)],
  ['returns None', () => returning(null)],
  ['raises ZeroDivisionError', raising('ZeroDivisionError')],
  ['raises TypeError', raising('TypeError', 'debug_override or optimization must be set to None')],
  ['raises ValueError', raising('ValueError', '_path_splitroot: embedded null character in path')],
  ['raises NotImplementedError', raising('NotImplementedError', 'sys.implementation.cache_tag is None')],
  ['raises AttributeError', raising('AttributeError')],
  ['raises IndexError', raising('IndexError', 'string index out of range')],
  ['raises FileNotFoundError', raising('FileNotFoundError', '[Errno 2] No such file or directory')],
];

describe.each(
  targets.map((target) => [`${target.version.join('.')} on ${target.platform}`, target] as const),
)('as %s', (_, target) => {
  const scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
  const all = new Set(applicableTo(target));
  const laws = properties
    .flatMap((chapter) => chapter.laws)
    .filter(({ rule }) => all.has(rule))
    .map((law) => ({
      rule: law.rule,
      cases: [...law.always(scope), ...fc.sample(law.cases(scope), { seed: 1, numRuns: 50 })],
    }));

  test.each(ignorant)('what always %s keeps no law but those that are weak', (_name, answer) => {
    const kept = laws.filter(({ cases }) => cases.every((one) => holds(one, answer)));
    expect(kept.map(({ rule }) => rule)).toEqual([...all].filter((id) => id in weak));
  });
});

function holds(one: LawCase, answer: Ignorant): boolean {
  try {
    one.judge(one.calls.map(answer));
    return true;
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  }
}
