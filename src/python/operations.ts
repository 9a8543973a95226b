import { match, P } from 'ts-pattern';
import { PythonError } from './exceptions.ts';
import { floatText, intText } from './numbers.ts';
import { Instance, live, type Live } from './objects.ts';
import type { Release } from './releases.ts';
import { reprBytes, reprText } from './repr.ts';
import { Str, str } from './text.ts';
import type { Value } from './values.ts';

/** `type(value).__name__`. */
export function typeName(value: Live): string {
  if (value instanceof Str) return 'str';
  if (value instanceof Instance) return value.className;
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'int' : value.kind;
}

/** A str: an exact one, or an instance of a subclass, which may have a `__str__` of its own. */
export type Text = Str | (Instance & { readonly base: Str });

export const isText = (value: Live): value is Text =>
  value instanceof Str || (value instanceof Instance && value.base instanceof Str);

/** The characters of a str or of an instance of a subclass of it. */
export const characters = (text: Text): Str => (text instanceof Str ? text : text.base);

/**
 * `str(value)`. An instance of a subclass of str that `__str__` returns comes back as it is.
 * @throws PythonError
 */
export function strOf(value: Live, release: Release): Text {
  if (value instanceof Str) return value;
  if (!(value instanceof Instance)) return reprOf(value, release);
  const own = value.method('str');
  if (own === undefined) return value.base instanceof Str ? value.base : reprOf(value, release);
  const answer = own();
  if (!isText(answer)) {
    const told = release.has('names-the-mistyped-method')
      ? `${typeName(value)}.__str__() must return a str, not ${typeName(answer)}`
      : `__str__ returned non-string (type ${typeName(answer)})`;
    throw new PythonError('TypeError', told, 'mistyped');
  }
  return answer;
}

/**
 * `format(text)`, what a str contributes to a larger one: an instance of a subclass is asked for its `__str__`.
 * @throws PythonError
 */
export function formatted(text: Text, release: Release): Str {
  return characters(strOf(text, release));
}

/**
 * `repr(value)`. The address in the repr of an object without one of its own is made up.
 * @throws PythonError
 */
export function reprOf(value: Live, release: Release): Str {
  const items = (values: readonly Value[]): Str =>
    Str.join(
      ', ',
      values.map((item) => reprOf(live(item, release.unicode), release)),
    );
  return match(value)
    .returnType<Str>()
    .with(null, () => str('None'))
    .with(P.boolean, (truth) => str(truth ? 'True' : 'False'))
    .with(P.bigint, (int) => str(intText(int, release)))
    .with({ kind: 'str' }, (text) => reprText(text, release.unicode))
    .with({ kind: 'float' }, ({ number }) => str(floatText(number)))
    .with({ kind: 'bytes' }, ({ bytes }) => str('b').concat(reprBytes(bytes)))
    .with({ kind: 'list' }, (list) => Str.join('', [str('['), items(list.items), str(']')]))
    .with({ kind: 'tuple' }, (tuple) =>
      Str.join('', [str('('), items(tuple.items), str(tuple.items.length === 1 ? ',)' : ')')]),
    )
    .with({ kind: 'instance' }, ({ base, className }) =>
      base === undefined ? str(`<__main__.${className} object at 0x7f0000000000>`) : reprOf(base, release),
    )
    .exhaustive();
}

/**
 * `bool(value)`, what `if value:` decides by.
 * @throws PythonError
 */
export function truthOf(value: Live, release: Release): boolean {
  if (!(value instanceof Instance)) {
    return match(value)
      .returnType<boolean>()
      .with(null, () => false)
      .with(P.boolean, (truth) => truth)
      .with(P.bigint, (int) => int !== 0n)
      .with({ kind: 'str' }, (text) => !text.isEmpty)
      .with({ kind: 'float' }, ({ number }) => number !== 0)
      .with({ kind: 'bytes' }, ({ bytes }) => bytes.length > 0)
      .with({ kind: P.union('list', 'tuple') }, ({ items }) => items.length > 0)
      .exhaustive();
  }
  const own = value.method('bool');
  if (own === undefined) return value.base === undefined || truthOf(value.base, release);
  const answer = own();
  if (typeof answer !== 'boolean') {
    const told = release.has('names-the-mistyped-method')
      ? `${typeName(value)}.__bool__() must return a bool, not ${typeName(answer)}`
      : `__bool__ should return bool, returned ${typeName(answer)}`;
    throw new PythonError('TypeError', told, 'mistyped');
  }
  return answer;
}
