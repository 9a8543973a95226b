/* The goldens, against the reference in this process: each at the first and the last release of each outcome. */
import { expect, test } from 'vitest';
import { withWarnings } from '../../fixtures/fresh.ts';
import { readGoldens, type Golden } from '../../fixtures/goldens.ts';
import { readChapters } from '../../src/conformance/chapters.ts';
import { decodeCall, decodeOutcome } from '../../src/conformance/codec.ts';
import { sameOutcome } from '../../src/python/compare.ts';
import { parseVersion } from '../../src/python/releases.ts';
import { answer } from '../../src/reference.ts';

const holds = ({ call, platform, outcomes }: Golden): boolean => {
  const decoded = decodeCall(call);
  return outcomes.every(({ versions, outcome }) => {
    const given = withWarnings(decodeOutcome(outcome));
    return [...new Set(versions)].every((version) =>
      sameOutcome(answer(decoded, { version: parseVersion(version)!, platform }), given),
    );
  });
};

test.each(readChapters())('$name: the reference gives what was captured', ({ name }) => {
  const { goldens } = readGoldens(name);
  expect(goldens.filter((golden) => !holds(golden)).map(({ id }) => id)).toEqual([]);
});
