import { describe, expect, test } from 'vitest';
import { encodeOutcome, toLine } from '../../../../src/conformance/codec.ts';
import {
  compareVersions,
  formatVersion,
  parseSince,
  releaseOf,
  turningPoints,
} from '../../../../src/python/releases.ts';
import { answer } from '../../../../src/reference.ts';
import { plainForm, readForm, type Form, type Question } from './form.ts';
import { displayOf } from './outcome.ts';
import { choices, inAllReleases, pointOf, rangesOf } from './releases.ts';
import { drawnCalls } from './testing.ts';

const groupsOf = (changes: Partial<Form>): Array<[string, string]> => {
  const form = { ...plainForm(), ...changes };
  const { on, target } = readForm(form) as Question;
  const { unicode } = releaseOf(target.version);
  return inAllReleases(on(form.platform), form.platform, unicode).map(({ releases, outcome }) => [
    releases,
    outcome.text,
  ]);
};

describe('one call in all releases', () => {
  test('is the same where nothing changed', () =>
    expect(groupsOf({ path: 'a.py' })).toEqual([['3.4–3.15', '__pycache__/a.cpython-315.pyc']]));

  test('a name with two dots', () =>
    expect(groupsOf({ path: 'a.b.py' })).toEqual([
      ['3.4.0–3.4.2', '__pycache__/a.cpython-315.pyc'],
      ['3.4.3–3.15', '__pycache__/a.b.cpython-315.pyc'],
    ]));

  test('a drive of Windows: what came to several series in patch releases is one group', () =>
    expect(groupsOf({ path: String.raw`C:\a.py`, platform: 'win32' })).toEqual([
      ['3.4.0–3.8.9, 3.9.0–3.9.4', String.raw`C:\__pycache__\a.cpython-315.pyc`],
      ['3.8.10 and later 3.8, 3.9.5–3.15', String.raw`C:__pycache__\a.cpython-315.pyc`],
    ]));

  test('level 1', () =>
    expect(groupsOf({ path: 'a.py', optimize: '1' })).toEqual([
      ['3.4', '__pycache__/a.cpython-315.pyo'],
      ['3.5–3.15', '__pycache__/a.cpython-315.opt-1.pyc'],
    ]));

  test('each release is in one group, with what it answers', () => {
    for (const { call, target } of drawnCalls(70)) {
      const { unicode } = releaseOf(target.version);
      const groups = inAllReleases(call, target.platform, unicode);
      const versions = groups.flatMap((group) => group.versions);
      expect(versions.toSorted(compareVersions)).toEqual(turningPoints());
      const told = new Set<string>();
      for (const group of groups) {
        const outcomes = group.versions.map((version) => answer(call, { ...target, version }));
        const [line, ...others] = new Set(outcomes.map((outcome) => toLine(encodeOutcome(outcome))));
        expect(others).toEqual([]);
        expect(told.has(line!)).toBe(false);
        told.add(line!);
        expect(group.outcome).toEqual(displayOf(outcomes[0]!, unicode));
      }
    }
  });
});

describe('ranges', () => {
  const points = parseSince('3.4.0 3.4.3 3.5.0 3.6.0 3.6.1 3.6.2');

  test.each([
    [[0], ['3.4.0–3.4.2']],
    [[1], ['3.4.3 and later 3.4']],
    [[0, 1], ['3.4']],
    [[0, 1, 2], ['3.4–3.5']],
    [[2], ['3.5']],
    [[3], ['3.6.0']],
    [[2, 3, 4], ['3.5.0–3.6.1']],
    [
      [0, 2, 5],
      ['3.4.0–3.4.2', '3.5', '3.6.2 and later 3.6'],
    ],
    [[1, 2, 3, 4, 5], ['3.4.3–3.6']],
  ])('%j', (indexes, ranges) => expect(rangesOf(indexes, points)).toEqual(ranges));
});

test('the releases to choose from are the turning points, the newest first', () => {
  const versions = choices().flatMap(({ releases }) => releases.map(({ version }) => version));
  expect(versions).toEqual(turningPoints().toReversed().map(formatVersion));
  expect(choices().find(({ series }) => series === '3.9')!.releases).toEqual([
    expect.objectContaining({ version: '3.9.15', label: '3.9.15 and later 3.9' }),
    expect.objectContaining({ version: '3.9.14', label: '3.9.14' }),
    expect.objectContaining({ version: '3.9.5', label: '3.9.5–3.9.13' }),
    expect.objectContaining({ version: '3.9.0', label: '3.9.0–3.9.4' }),
  ]);
});

test('a release does as its turning point', () => {
  expect(pointOf([3, 9, 4])).toEqual([3, 9, 0]);
  expect(pointOf([3, 9, 5])).toEqual([3, 9, 5]);
  expect(pointOf([3, 16, 0])).toEqual([3, 15, 0]);
});
