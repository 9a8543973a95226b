import { describe, expect, test } from 'vitest';
import type { Platform } from '../python/interpreter.ts';
import { readChapters, type Rule } from './chapters.ts';
import { capturedOf, onlyReadOf, readEvidence, uncapturedSeries, type CapturedRelease } from './evidence.ts';
import { readStateChapter, type StateRule } from './state-chapter.ts';

const evidence = readEvidence();
const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const rule = (id: string): Rule => rules.get(id)!;
const onlyRead = (id: string): string[] =>
  onlyReadOf(rule(id), evidence).map(({ platform, releases }) => `${platform} ${releases}`);
const rulesOfStarts = readStateChapter().rules;
const ofStart = (id: string): StateRule => rulesOfStarts.find((one) => one.id === id)!;
const named = ({ implementation, platform, version }: CapturedRelease): string =>
  `${implementation} ${platform} ${version.join('.')}`;

test('every series was captured on POSIX, and on Windows those since 3.6', () => {
  const uncaptured = (platform: Platform): string[] =>
    uncapturedSeries(evidence.captured, { implementation: 'cpython', platform });
  expect(uncaptured('posix')).toEqual([]);
  expect(uncaptured('win32')).toEqual(['3.4', '3.5']);
});

test('a rule of all releases was captured on all', () => {
  const { captured } = evidence;
  expect(capturedOf(rule('path-root-is-lost'), evidence)).toEqual(
    captured.filter(({ platform }) => platform === 'posix'),
  );
  expect(onlyRead('path-root-is-lost')).toEqual([]);
});

test('on POSIX no rule was only read', () => {
  const read = [...rules.values(), ...rulesOfStarts].filter((one) =>
    onlyReadOf(one, evidence).some(({ platform }) => platform === 'posix'),
  );
  expect(read.map(({ id }) => id)).toEqual([]);
});

test('what was only read on Windows', () => {
  expect(onlyRead('windows-both-separators')).toEqual(['win32 3.4', 'win32 3.5']);
  expect(onlyRead('path-first-dot-ends-the-name')).toEqual(['win32 3.4.0 to 3.4.2']);
  expect(onlyRead('path-last-dot-ends-the-name')).toContain('win32 3.4.3 and later of 3.4');
});

test('builds for Windows answered, and a stand-in where there is none', () => {
  const standIns = evidence.captured.filter(({ onStandIn }) => onStandIn);
  expect(standIns.map(({ platform }) => platform)).not.toContain('posix');
  expect([...new Set(standIns.map(({ version: [major, minor] }) => `${major}.${minor}`))]).toEqual([
    '3.6',
    '3.7',
    '3.8',
    '3.9',
    '3.15',
  ]);
});

test('each rule has goldens where one of the captured interpreters has it, and nowhere else', () => {
  for (const one of rules.values()) {
    expect((evidence.goldens.get(one.id) ?? 0) > 0, one.id).toBe(capturedOf(one, evidence).length > 0);
  }
});

describe('the rules of starts', () => {
  test('every series of CPython was started on POSIX, and every series of PyPy whose tag is known', () => {
    for (const implementation of ['cpython', 'pypy'] as const) {
      expect(uncapturedSeries(evidence.started, { implementation, platform: 'posix' })).toEqual([]);
    }
  });

  test('a rule of one implementation was captured from that one alone, from its bound on', () => {
    const cpython = capturedOf(ofStart('state-first-prefix-counts'), evidence).map(named);
    expect(cpython).toContain('cpython posix 3.8.0');
    expect(cpython.filter((one) => /^pypy| 3\.[4-7]\./.test(one))).toEqual([]);
    const pypy = capturedOf(ofStart('state-last-prefix-counts'), evidence).map(named);
    expect(pypy).toContain('pypy posix 3.9.16');
    expect(pypy.filter((one) => /^cpython| 3\.7\./.test(one))).toEqual([]);
  });

  test('a rule with two bounds was captured from both, each within its own', () => {
    const captured = capturedOf(ofStart('state-level-zero-is-one'), evidence).map(named);
    expect(captured).toEqual(
      evidence.started
        .filter(({ implementation, version: [, minor] }) => implementation === 'pypy' || minor < 7)
        .map(named)
        .toSorted((a, b) => a.split(' ')[0]!.localeCompare(b.split(' ')[0]!)),
    );
  });

  test('one build for Windows was started, also for the rule of Windows alone', () => {
    const captured = capturedOf(ofStart('state-windows-names-in-any-case'), evidence).map(named);
    expect(captured).toEqual(['cpython win32 3.13.0']);
  });

  test('what was only read', () => {
    const read = onlyReadOf(ofStart('state-level-begins-the-value'), evidence);
    expect(read).toEqual(
      ['3.4', '3.5', '3.6'].map((releases) => ({ implementation: 'cpython', platform: 'win32', releases })),
    );
    expect(onlyReadOf(ofStart('state-last-prefix-counts'), evidence)).toEqual(
      ['3.9', '3.11'].map((releases) => ({ implementation: 'pypy', platform: 'win32', releases })),
    );
  });

  test('calls do not count for them, nor they for calls', () => {
    expect(capturedOf(ofStart('state-options-end-at-the-program'), evidence).length).toBe(
      evidence.started.length,
    );
    expect(evidence.started.length).not.toBe(evidence.captured.length);
    expect(evidence.captured.filter(({ implementation }) => implementation !== 'cpython')).toEqual([]);
  });
});
