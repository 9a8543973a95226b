import { expect, test } from 'vitest';
import { readChapters, type Rule } from './chapters.ts';
import { capturedOf, onlyReadOf, readEvidence, uncapturedSeries } from './evidence.ts';

const evidence = readEvidence();
const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const rule = (id: string): Rule => rules.get(id)!;
const onlyRead = (id: string): string[] =>
  onlyReadOf(rule(id), evidence).map(({ platform, releases }) => `${platform} ${releases}`);

test('every series was captured on POSIX, and on Windows those since 3.6', () => {
  expect(uncapturedSeries(evidence, 'posix')).toEqual([]);
  expect(uncapturedSeries(evidence, 'win32')).toEqual(['3.4', '3.5']);
});

test('a rule of all releases was captured on all', () => {
  const { captured } = evidence;
  expect(capturedOf(rule('path-root-is-lost'), evidence)).toEqual(
    captured.filter(({ platform }) => platform === 'posix'),
  );
  expect(onlyRead('path-root-is-lost')).toEqual([]);
});

test('on POSIX no rule was only read', () => {
  const read = [...rules.keys()].filter((id) => onlyRead(id).some((range) => range.startsWith('posix')));
  expect(read).toEqual([]);
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
