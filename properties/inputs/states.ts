import * as fc from './arbitraries.ts';
import { mixed, oneOf } from './draw.ts';
import { listed, orListed } from './listed.ts';
import { cpythonTag, plainState, type State } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { letter } from './characters.ts';
import { anyPath, join, windowsPath } from './paths.ts';
import { anyText, component, plainText } from './texts.ts';
import { tagWords } from './words.ts';

/** Tags like those of implementations: ASCII letters, digits and hyphens. */
export const plainTag = ({ release }: Scope): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: fc.constant(cpythonTag(release.version)), weight: 3 },
    {
      arbitrary: listed(...tagWords.slice(0, 12)),
      weight: 1,
    },
    { arbitrary: fc.array(letter, { minLength: 1 }).map((points) => Str.fromCodePoints(points)), weight: 1 },
  );

/** Tags that no implementation has. */
export const wildTag: fc.Arbitrary<Str> = oneOf(
  listed('', '.', '/', ' ', '..', 'a/b', 'None', '.opt-1', 't'.repeat(64), 't'.repeat(300)).map(str),
  anyText,
);

type Parts = { readonly [K in keyof State]?: fc.Arbitrary<State[K]> };

/** An interpreter's state: each part is the given one, the scope's fixed one, or a plain one. */
export const stateOf = (scope: Scope, parts: Parts = {}): fc.Arbitrary<State> => {
  const { pycachePrefix, cwd } = aState(scope);
  return fc.record({
    cacheTag: parts.cacheTag ?? ownTag(scope),
    optimize: parts.optimize ?? ownLevel(scope),
    pycachePrefix: parts.pycachePrefix ?? fc.constant(pycachePrefix),
    cwd: parts.cwd ?? fc.constant(cwd),
  });
};

/** A plain state, for calls that every check makes. */
export const aState = ({ release, platform, fixed }: Scope): State => {
  const plain = plainState(release.version, platform);
  return {
    cacheTag: fixed.cacheTag ?? plain.cacheTag,
    optimize: fixed.optimize ?? plain.optimize,
    pycachePrefix: fixed.pycachePrefix ?? plain.pycachePrefix,
    cwd: fixed.cwd ?? plain.cwd,
  };
};

/** A subject whose only tag is None gets plain tags too. The calls with them are not made. */
export const ownTag = (scope: Scope): fc.Arbitrary<Str> =>
  scope.fixed.cacheTag ? fc.constant(scope.fixed.cacheTag) : plainTag(scope);

export const ownLevel = ({ fixed }: Scope): fc.Arbitrary<bigint> =>
  fixed.optimize === undefined ? level : fc.constant(fixed.optimize);

/** Levels of real interpreters. */
const level: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: fc.constant(0n), weight: 3 },
  { arbitrary: listed(1n, 2n, 3n), weight: 2 },
);

export const positiveLevel: fc.Arbitrary<bigint> = oneOf(
  listed(1n, 2n, 3n, 4n),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(BigInt),
);

export const anyLevel: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: level, weight: 4 },
  { arbitrary: fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(BigInt), weight: 1 },
);

/** Absolute prefixes, without a separator at the end. */
export const absolutePrefix = (scope: Scope): fc.Arbitrary<Str> =>
  scope.platform === 'posix'
    ? oneOf(
        listed('/p', '//p//q', '/a.b', '/p/../q', '/tmp/bytecode').map(str),
        component(scope).map((name) => join('/p/', name)),
      )
    : oneOf(
        listed('C:\\Bytecode', 'D:\\b c', '\\\\server\\share\\b', '\\\\?\\C:\\b').map(str),
        plainText.map((name) => join('C:\\', name)),
      );

export const relativePrefix = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(
    plainText,
    listed('./rel', '../rel', '.', '..', 'a/b', '__pycache__').map((text) =>
      str(scope.platform === 'posix' ? text : text.replaceAll('/', '\\')),
    ),
  );

/** Any prefix. */
export const anyPrefix = (scope: Scope): fc.Arbitrary<Str> =>
  orListed(
    oneOf(
      oneOf(absolutePrefix(scope), relativePrefix(scope)),
      scope.platform === 'posix'
        ? mixed(listed('', '/', '//', '///', '/p/', '/p//', 'rel/').map(str), anyPath())
        : mixed(
            listed('', '\\', '/', 'C:', 'D:', 'C:\\', 'C:b', 'c:/b/', '\\b', '\\\\server\\share').map(str),
            windowsPath(),
          ),
    ),
    str(scope.platform === 'posix' ? '/p' : 'C:\\Bytecode'),
  );

/** Working directories as on real systems: absolute, without a separator at the end unless they are a root. */
export const workingDirectory = (scope: Scope): fc.Arbitrary<Str> => {
  if (scope.fixed.cwd) return fc.constant(scope.fixed.cwd);
  return scope.platform === 'posix'
    ? oneOf(
        listed('/w', '/', '/C:', '/usr/lib', '/a.b/c d').map(str),
        orListed(
          fc
            .array(component(scope), { minLength: 1, maxLength: 3 })
            .map((parts) => join('/', Str.join('/', parts))),
          str('/w'),
        ),
      )
    : oneOf(
        listed('C:\\w', 'C:\\', 'D:\\a b\\c', '\\\\server\\share\\w', '\\\\?\\C:\\w').map(str),
        orListed(
          fc
            .array(component(scope), { minLength: 1, maxLength: 3 })
            .map((parts) => join('C:\\', Str.join('\\', parts))),
          str('C:\\w'),
        ),
      );
};

/** A working directory that has occasionally been removed. */
export const anyWorkingDirectory = (scope: Scope): fc.Arbitrary<Str | null> =>
  oneOf({ arbitrary: workingDirectory(scope), weight: 9 }, { arbitrary: fc.constant(null), weight: 1 });
