/* Describes a domain for a person: "absolute, normalized .py paths below a directory; levels '', 1 and 2". */
import { valueSource } from '../../python/source.ts';
import type { Value } from '../../python/values.ts';
import { isDescription, type Domain, type Texts } from './domain.ts';
import type { Characters, PathDescription } from './paths.ts';

/** The domain in words; empty if it contains every call. */
export function domainInWords({ limits }: Domain): string {
  const { path, pycachePrefix, cwd, optimization, cacheTag, optimize, characters } = limits;
  return [
    path && paths(path),
    optimization && levels(optimization),
    cacheTag && counted('tag', cacheTag.map(source)),
    optimize && counted('interpreter level', optimize.map(source)),
    pycachePrefix && texts('prefix', 'prefixes', pycachePrefix),
    cwd && texts('working directory', 'working directories', cwd),
    characters && inCharacters[characters],
  ]
    .filter((part) => part !== undefined)
    .join('; ');
}

const inCharacters: Record<Characters, string> = {
  ascii: 'printable ASCII text',
  text: 'text without surrogates or NUL',
};

function paths({ suffixes, form, normalized, nested, names, characters }: PathDescription): string {
  const kind = [form, normalized && 'normalized'].filter((word) => typeof word === 'string').join(', ');
  const ends =
    suffixes === undefined
      ? ''
      : listed(
          suffixes.map((suffix) => (suffix === '' ? 'any' : suffix)),
          'or',
        );
  return [
    kind,
    ends,
    'paths',
    nested && 'below a directory',
    names && 'whose names are identifiers',
    characters && `of ${inCharacters[characters]}`,
  ]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(' ');
}

function texts(one: string, many: string, some: Texts): string {
  if (some.length === 1 && some[0] === null) return `no ${one}`;
  const [first] = some;
  if (some.length === 1 && first !== undefined && isDescription(first))
    return paths(first).replace('paths', many);
  const each = some.map((text) =>
    text === null ? 'none' : isDescription(text) ? paths(text) : valueSource(text),
  );
  return counted(one, each, many);
}

/** An omitted argument also counts as a level. */
const levels = (values: readonly Value[]): string =>
  values.every((value) => value === null)
    ? 'no optimization argument'
    : counted(
        'level',
        values.map((value) => (value === null ? 'none' : valueSource(value))),
      );

const source = (value: Value): string => valueSource(value);

const counted = (one: string, each: readonly string[], many = `${one}s`): string =>
  `${each.length === 1 ? one : many} ${listed(each, 'and')}`;

/** Joins names: `a`, `a and b`, `a, b and c`. */
function listed(each: readonly string[], word: 'and' | 'or'): string {
  const [last, ...rest] = each.toReversed();
  return rest.length === 0 ? last! : `${rest.toReversed().join(', ')} ${word} ${last}`;
}
