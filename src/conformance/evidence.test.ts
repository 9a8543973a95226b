import { expect, test } from 'vitest';
import { readChapters, type Rule } from './chapters.ts';
import { capturedOf, onlyReadOf, readEvidence, uncapturedSeries } from './evidence.ts';

const evidence = readEvidence();
const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const rule = (id: string): Rule => rules.get(id)!;
const onlyRead = (id: string): string[] =>
  onlyReadOf(rule(id), evidence).map(({ platform, releases }) => `${platform} ${releases}`);

test('of Python 3.4 and 3.5 nothing was captured, on either platform', () => {
  expect(uncapturedSeries(evidence, 'posix')).toEqual(['3.4', '3.5']);
  expect(uncapturedSeries(evidence, 'win32')).toEqual(['3.4', '3.5']);
});

test('a rule of all releases was captured on all others', () => {
  expect(capturedOf(rule('path-root-is-lost'), evidence)).toHaveLength(10);
  expect(onlyRead('path-root-is-lost')).toEqual(['posix 3.4', 'posix 3.5']);
});

test.each([
  ['path-first-dot-ends-the-name', ['posix 3.4.0 to 3.4.2', 'win32 3.4.0 to 3.4.2']],
  ['prefix-drive-counts-as-absolute', ['posix 3.8.0 to 3.8.9', 'posix 3.9.0 to 3.9.4']],
])('%s was only read', (id, ranges) => {
  expect(capturedOf(rule(id), evidence)).toEqual([]);
  expect(onlyRead(id)).toEqual(ranges);
});

test('a rule that came within a series that was not captured was read from there on', () => {
  expect(onlyRead('path-last-dot-ends-the-name')).toContain('posix 3.4.3 and later of 3.4');
});

test('a single release is named once', () => {
  expect(onlyRead('prefix-short-directory-raises')).toContain('posix 3.14.0');
});

test('each rule has goldens where one of the captured interpreters has it, and nowhere else', () => {
  for (const one of rules.values()) {
    expect((evidence.goldens.get(one.id) ?? 0) > 0, one.id).toBe(capturedOf(one, evidence).length > 0);
  }
});
