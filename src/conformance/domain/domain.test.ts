import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { properties } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import type { Platform } from '../../python/interpreter.ts';
import { releaseOf } from '../../python/releases.ts';
import { callText, decodeCall, encodeCall, type Json } from '../codec.ts';
import { decodeDomain, encodeDomain } from './declared.ts';
import type { Domain } from './domain.ts';
import { isInside } from './testing.ts';

type Declared = { readonly [key: string]: Json };

const some = <T>(...from: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });

const descriptions = fc.record(
  {
    suffixes: some('.py', '.pyw', '', 'y', '.test.py', '_x', '.'),
    form: fc.constantFrom('absolute', 'relative'),
    normalized: fc.constant(true),
    nested: fc.constant(true),
    names: fc.constant('identifier'),
    characters: fc.constantFrom('ascii', 'text'),
  },
  { requiredKeys: [] },
);
const texts = (windows: boolean): fc.Arbitrary<Json> =>
  fc.oneof(
    descriptions,
    fc.uniqueArray(
      fc.oneof(
        fc.constantFrom<Json>(null, '', windows ? 'C:\\p' : '/p', 'p/', { str: [0xd800] }),
        descriptions,
      ),
      { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) },
    ),
  );
const domains = (platform: Platform): fc.Arbitrary<Declared> =>
  fc.record(
    {
      path: descriptions,
      pycache_prefix: texts(platform === 'win32'),
      cwd: texts(platform === 'win32'),
      optimization: some<Json>(
        '',
        'x',
        1,
        2,
        true,
        null,
        { float: '1.0' },
        { bytes: '61' },
        { int: '9007199254740993' },
      ),
      cache_tag: some<Json>(null, '', 'cpython-312', 'é', { str: [0xdc00] }),
      optimize: some<Json>(0, 1, 2, 3),
      characters: fc.constantFrom('ascii', 'text'),
    },
    { requiredKeys: [] },
  );

const pathPieces = [
  'a',
  'b.py',
  '.py',
  '/',
  '/',
  '\\',
  '..',
  '.',
  'C:',
  '\\\\s\\h\\',
  '_1',
  '1',
  ' ',
  'é',
  '\0',
  'y',
];

const plainCalls: fc.Arbitrary<Call> = fc
  .array(fc.constantFrom(...pathPieces), { maxLength: 6 })
  .map((parts) =>
    decodeCall({
      env: { cache_tag: 't', optimize: 0, pycache_prefix: null, cwd: '/w' },
      args: [parts.join('')],
    }),
  );

const callsOn = (platform: Platform): fc.Arbitrary<Call> => {
  const scope = { release: releaseOf([3, 12, 1]), platform, fixed: {} };
  const wild = properties.filter(({ chapter }) => platform === 'win32' || chapter !== 'windows');
  return fc.oneof({ arbitrary: plainCalls, weight: 3 }, ...wild.map(({ calls }) => calls(scope)));
};

const read = (json: Json, platform: Platform): Domain => decodeDomain(json, platform, 'domain');

describe.each(['posix', 'win32'] as const)('a domain on %s', (platform) => {
  const inputs = fc.tuple(domains(platform), callsOn(platform));
  const runs = { numRuns: 400 };

  test('has the calls inside that the protocol says', () => {
    fc.assert(
      fc.property(inputs, ([json, call]) => {
        const domain = read(json, platform);
        for (const one of [call, domain.nearest(call) ?? call]) {
          const told = isInside(json, platform, encodeCall(one));
          // Releases differ on Windows. A call that lies inside only for some of them is not asked.
          const isAsked = platform === 'posix' || !told || domain.holds(one);
          expect(domain.holds(one)).toBe(told && isAsked);
        }
      }),
      runs,
    );
  });

  test('moves a call inside, and leaves it where it lies inside', () => {
    fc.assert(
      fc.property(inputs, ([json, call]) => {
        const domain = read(json, platform);
        const near = domain.nearest(call);
        expect(near === undefined || domain.holds(near)).toBe(true);
        expect(near === call).toBe(domain.holds(call));
      }),
      runs,
    );
  });

  test('has the nearest call to one where it has that to another', () => {
    fc.assert(
      fc.property(domains(platform), plainCalls, plainCalls, (json, one, other) => {
        const domain = read(json, platform);
        expect(domain.nearest(one) === undefined).toBe(domain.nearest(other) === undefined);
      }),
      runs,
    );
  });

  test('narrowed by another has the calls that both have', () => {
    // Two domains without a common optimization have no intersection, although a call of `source_from_cache` may lie in
    // both.
    const ofOneFunction = callsOn(platform).filter((call) => call.function === undefined);
    fc.assert(
      fc.property(domains(platform), domains(platform), ofOneFunction, (one, other, call) => {
        const [a, b] = [read(one, platform), read(other, platform)];
        const both = a.narrowedBy(b);
        const near = [call, a.nearest(call), b.nearest(call), both?.nearest(call)];
        near.push(
          ...near.flatMap((moved) => (moved === undefined ? [] : [a.nearest(moved), b.nearest(moved)])),
        );
        for (const moved of near) {
          if (moved === undefined) continue;
          expect([both?.holds(moved) ?? false, callText(moved)]).toEqual([
            a.holds(moved) && b.holds(moved),
            callText(moved),
          ]);
        }
      }),
      runs,
    );
  });

  test('is the same when it was written and read', () => {
    fc.assert(
      fc.property(inputs, ([json, call]) => {
        const domain = read(json, platform);
        const again = read(encodeDomain(domain), platform);
        expect(encodeDomain(again)).toEqual(encodeDomain(domain));
        expect(again.holds(call)).toBe(domain.holds(call));
      }),
      runs,
    );
  });
});

test.each<readonly [what: string, domain: Json, message: RegExp]>([
  ['no object', [], /^domain is an object, not \[\]$/],
  [
    'an unknown key',
    { optimise: [1] },
    /"optimise", which is none of path, pycache_prefix, cwd, optimization,/,
  ],
  [
    'an unknown key of a path',
    { path: { end: '.py' } },
    /^domain's path has the key "end", .* suffixes, form,/,
  ],
  ['a path that is no description', { path: '.py' }, /^domain's path is an object, not ".py"$/],
  ['an empty list', { cache_tag: [] }, /^domain's cache_tag is an empty list/],
  ['no suffixes', { path: { suffixes: [] } }, /suffixes is an empty list/],
  ['a suffix with a separator', { cwd: { suffixes: ['/a'] } }, /suffixes are what a file's name ends in/],
  ['another form', { path: { form: 'both' } }, /form is "absolute" or "relative", not "both"/],
  ['false', { path: { nested: false } }, /nested is true or left out, not false/],
  ['other characters', { characters: 'utf-8' }, /characters is "ascii" or "text", not "utf-8"/],
  ['no value', { optimization: [{ x: 1 }] }, /^domain's optimization lists values, not {"x":1}: /],
  ['a level that is none', { optimize: [true] }, /optimize lists levels such as 0, not true/],
  ['a tag that is none', { cache_tag: [1] }, /cache_tag lists a str or null, not 1/],
  ['a prefix by itself', { pycache_prefix: '/p' }, /pycache_prefix is not a list: "\/p"/],
])('a domain that is none is refused in one sentence: %s', (_, domain, message) => {
  expect(() => read(domain, 'posix')).toThrow(message);
});
