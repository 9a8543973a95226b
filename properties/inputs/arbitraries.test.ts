import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callText } from '../../src/conformance/codec.ts';
import { platforms } from '../../src/python/interpreter.ts';
import { parseVersion, releaseOf } from '../../src/python/releases.ts';
import { properties, type Scope } from '../index.ts';
import * as own from './arbitraries.ts';

const scopes = platforms.flatMap((platform) =>
  ['3.4.0', '3.13.0'].map((version): [name: string, scope: Scope] => [
    `${version} on ${platform}`,
    { release: releaseOf(parseVersion(version)!), platform, fixed: {} },
  ]),
);

test.for(scopes)('what is drawn alone is what fast-check draws: Python %s', ([, scope]) => {
  const inputs = properties.flatMap(({ chapter, laws, calls }) => [
    ...laws.map((law) => [law.rule, law.cases(scope).map((one) => one.calls)] as const),
    [chapter, calls(scope).map((one) => [one])] as const,
  ]);
  for (const [name, arbitrary] of inputs) {
    const [alone, whole] = [own, fc].map(({ sample }) =>
      sample(arbitrary, { seed: 1, numRuns: 25 }).map((calls) => calls.map(callText)),
    );
    expect(alone, name).toEqual(whole);
  }
});

test('a value that was drawn whole shrinks as in fast-check', () => {
  const smallest = (all: typeof own | typeof fc): unknown => {
    const input = all
      .record({
        number: all.oneof({ withCrossShrink: true }, all.constantFrom(1, 2), all.constant(3)),
        flags: all.array(all.boolean(), { minLength: 1 }).filter((flags) => flags.length < 9),
        pair: all.tuple(
          all.option(all.nat()),
          all.nat(9).chain((most) => all.nat(most)),
        ),
      })
      .map(({ number, ...others }) => ({ one: number, ...others }));
    const failing = fc.property(input, ({ one, flags }) => one === 1 || !flags.includes(true));
    return fc.check(failing, { seed: 3 }).counterexample;
  };
  expect(smallest(own)).toEqual(smallest(fc));
  expect(smallest(own)).toMatchObject([{ one: 2 }]);
});
