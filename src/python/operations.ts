import { raised } from './exceptions.ts';
import { floatText, intText } from './numbers.ts';
import { Instance, live, type Live } from './objects.ts';
import type { Release } from './releases.ts';
import { reprBytes, reprText } from './repr.ts';
import { Str, str } from './text.ts';
import type { Value } from './values.ts';

/** `type(value).__name__`. */
export function typeName(value: Live): string {
  if (value instanceof Instance) return value.className;
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'int' : value.kind;
}

/** A str: either exact, or an instance of a subclass, which may define `__str__`. */
export type Text = Str | (Instance & { readonly base: Str });

export const isText = (value: Live): value is Text =>
  value instanceof Str || (value instanceof Instance && value.base instanceof Str);

/** The characters of a str or of an instance of a subclass. */
export const characters = (text: Text): Str => (text instanceof Str ? text : text.base);

/**
 * `str(value)`. If `__str__` returns an instance of a subclass of str, the result is that instance.
 * @throws Thrown
 */
export function strOf(value: Live, release: Release): Text {
  if (value instanceof Str) return value;
  if (!(value instanceof Instance)) return reprOf(value, release);
  const answer = value.call('str');
  if (answer === undefined) return value.base instanceof Str ? value.base : reprOf(value, release);
  if (!isText(answer)) {
    const told = release.holds['names-the-mistyped-method']
      ? `${typeName(value)}.__str__() must return a str, not ${typeName(answer)}`
      : `__str__ returned non-string (type ${typeName(answer)})`;
    throw raised('TypeError', told, 'mistyped');
  }
  return answer;
}

/**
 * `format(text)`, which a str contributes to a larger one. For an instance of a subclass, this calls `__str__`.
 * @throws Thrown
 */
export function formatted(text: Text, release: Release): Str {
  return characters(strOf(text, release));
}

/**
 * `repr(value)`. The address in an object's default repr is invented.
 * @throws Thrown
 */
export function reprOf(value: Live, release: Release): Str {
  if (value === null) return none;
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'bigint') return str(intText(value, release));
  switch (value.kind) {
    case 'str':
      return reprText(value, release.unicode);
    case 'float':
      return str(floatText(value.number));
    case 'bytes':
      return str('b').concat(reprBytes(value.bytes));
    case 'list':
      return Str.join('', [str('['), reprOfItems(value.items, release), str(']')]);
    case 'tuple':
      return Str.join('', [
        str('('),
        reprOfItems(value.items, release),
        str(value.items.length === 1 ? ',)' : ')'),
      ]);
    case 'instance':
      return value.base === undefined
        ? str(`<__main__.${value.className} object at 0x7f0000000000>`)
        : reprOf(value.base, release);
  }
}

const none = str('None');
const yes = str('True');
const no = str('False');

const reprOfItems = (items: readonly Value[], release: Release): Str =>
  Str.join(
    ', ',
    items.map((item) => reprOf(live(item, release.unicode), release)),
  );

/**
 * `bool(value)`, as used by `if value:`.
 * @throws Thrown
 */
export function truthOf(value: Live, release: Release): boolean {
  if (!(value instanceof Instance)) {
    return isTrue(value);
  }
  const answer = value.call('bool');
  if (answer === undefined) return value.base === undefined || truthOf(value.base, release);
  if (typeof answer !== 'boolean') {
    const told = release.holds['names-the-mistyped-method']
      ? `${typeName(value)}.__bool__() must return a bool, not ${typeName(answer)}`
      : `__bool__ should return bool, returned ${typeName(answer)}`;
    throw raised('TypeError', told, 'mistyped');
  }
  return answer;
}

/** Empty and zero are false. */
function isTrue(value: Exclude<Live, Instance>): boolean {
  if (value === null || typeof value === 'boolean') return value === true;
  if (typeof value === 'bigint') return value !== 0n;
  switch (value.kind) {
    case 'str':
      return !value.isEmpty;
    case 'float':
      return value.number !== 0;
    case 'bytes':
      return value.bytes.length > 0;
    case 'list':
    case 'tuple':
      return value.items.length > 0;
  }
}

/**
 * `os.fspath(path)`, which may return bytes.
 * @throws Thrown
 */
export function fspath(path: Live): Live {
  if (isText(path) || typeName(path) === 'bytes') return path;
  const answer = path instanceof Instance ? path.call('fspath') : undefined;
  if (answer === undefined) {
    throw raised('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(path)}`);
  }
  if (isText(answer) || typeName(answer) === 'bytes') return answer;
  throw raised(
    'TypeError',
    `expected ${typeName(path)}.__fspath__() to return str or bytes, not ${typeName(answer)}`,
  );
}
