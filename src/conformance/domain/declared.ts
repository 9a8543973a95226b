/* A domain as JSON, in hellos and reports: spec/protocol.md, "domain". */
import type { Platform } from '../../python/interpreter.ts';
import { Str } from '../../python/text.ts';
import type { Value } from '../../python/values.ts';
import { decodeValue, encodeValue, EncodingError, excerpt, fieldsOf, type Json } from '../codec.ts';
import { Domain, isDescription, type Limits, type Texts } from './domain.ts';
import { charactersOf, type PathDescription } from './paths.ts';

const keys = [
  'path',
  'pycache_prefix',
  'cwd',
  'optimization',
  'cache_tag',
  'optimize',
  'characters',
] as const;
const pathKeys = ['suffixes', 'form', 'normalized', 'nested', 'names', 'characters'] as const;

/**
 * @param where what to call the JSON in messages
 * @throws EncodingError
 */
export function decodeDomain(json: Json | undefined, platform: Platform, where: string): Domain {
  if (json === undefined) return new Domain({}, platform);
  const fields = objectOf(json, where);
  refuseOthers(fields, keys, where);
  const { path, pycache_prefix: prefix, cwd, optimization, cache_tag: tag, optimize, characters } = fields;
  const at = (key: string): string => `${where}'s ${key}`;
  const limits: Limits = {
    ...(path === undefined ? {} : { path: decodePath(path, at('path')) }),
    ...(prefix === undefined
      ? {}
      : { pycachePrefix: decodeTexts(prefix, at('pycache_prefix'), 'a str or null') }),
    ...(cwd === undefined
      ? {}
      : { cwd: decodeTexts(cwd, at('cwd'), 'a str, or null for one that was removed') }),
    ...(optimization === undefined
      ? {}
      : {
          optimization: listOf(optimization, at('optimization'), (one) => valueIn(one, at('optimization'))),
        }),
    ...(tag === undefined
      ? {}
      : {
          cacheTag: listOf(tag, at('cache_tag'), (one) => textOrNull(one, at('cache_tag'), 'a str or null')),
        }),
    ...(optimize === undefined
      ? {}
      : { optimize: listOf(optimize, at('optimize'), (one) => level(one, at('optimize'))) }),
    ...(characters === undefined ? {} : { characters: oneOf(characters, charactersOf, at('characters')) }),
  };
  return new Domain(limits, platform);
}

function decodePath(json: Json, where: string): PathDescription {
  const fields = objectOf(json, where);
  refuseOthers(fields, pathKeys, where);
  const { suffixes, form, normalized, nested, names, characters } = fields;
  const at = (key: string): string => `${where} ${key}`;
  return {
    ...(suffixes === undefined
      ? {}
      : { suffixes: listOf(suffixes, at('suffixes'), (one) => suffix(one, at('suffixes'))) }),
    ...(form === undefined ? {} : { form: oneOf(form, ['absolute', 'relative'] as const, at('form')) }),
    ...(normalized === undefined ? {} : { normalized: onlyTrue(normalized, at('normalized')) }),
    ...(nested === undefined ? {} : { nested: onlyTrue(nested, at('nested')) }),
    ...(names === undefined ? {} : { names: oneOf(names, ['identifier'] as const, at('names')) }),
    ...(characters === undefined ? {} : { characters: oneOf(characters, charactersOf, at('characters')) }),
  };
}

/** Decodes a single path description, or a list of values and path descriptions. */
function decodeTexts(json: Json, where: string, wanted: string): Texts {
  if (isFields(json)) return [decodePath(json, where)];
  return listOf(json, where, (one) =>
    isFields(one) && !('str' in one)
      ? decodePath(one, where)
      : textOrNull(one, where, `${wanted}, or a path description`),
  );
}

const isFields = (json: Json): json is { readonly [key: string]: Json } =>
  json !== null && typeof json === 'object' && !Array.isArray(json);

function objectOf(json: Json, where: string): ReturnType<typeof fieldsOf> {
  if (!isFields(json)) throw new EncodingError(`${where} is an object, not ${excerpt(json)}`);
  return fieldsOf(json, where);
}

function listOf<T>(json: Json, where: string, decode: (one: Json) => T): T[] {
  if (!Array.isArray(json)) throw new EncodingError(`${where} is not a list: ${excerpt(json)}`);
  if (json.length === 0)
    throw new EncodingError(
      `${where} is an empty list, so that no call lies inside: name a value, or leave the key out`,
    );
  return (json as readonly Json[]).map(decode);
}

function refuseOthers(fields: object, known: readonly string[], where: string): void {
  const stranger = Object.keys(fields).find((key) => !known.includes(key));
  if (stranger !== undefined)
    throw new EncodingError(
      `${where} has the key ${excerpt(stranger)}, which is none of ${known.join(', ')}`,
    );
}

function oneOf<T extends string>(json: Json, allowed: readonly T[], where: string): T {
  const one = allowed.find((name) => name === json);
  if (one === undefined) {
    const names = allowed.map((name) => JSON.stringify(name)).join(' or ');
    throw new EncodingError(`${where} is ${names}, not ${excerpt(json)}`);
  }
  return one;
}

function onlyTrue(json: Json, where: string): true {
  if (json !== true) throw new EncodingError(`${where} is true or left out, not ${excerpt(json)}`);
  return true;
}

function suffix(json: Json, where: string): string {
  if (typeof json !== 'string' || /[\\/\0]/.test(json))
    throw new EncodingError(`${where} are what a file's name ends in, such as ".py", not ${excerpt(json)}`);
  return json;
}

function textOrNull(json: Json, where: string, wanted: string): Str | null {
  const value = valueIn(json, where);
  if (value !== null && !(value instanceof Str))
    throw new EncodingError(`${where} lists ${wanted}, not ${excerpt(json)}`);
  return value;
}

function valueIn(json: Json, where: string): Value {
  try {
    return decodeValue(json);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new EncodingError(`${where} lists values, not ${excerpt(json)}: ${error.message}`);
  }
}

function level(json: Json, where: string): bigint {
  const value = valueIn(json, where);
  if (typeof value !== 'bigint' || value < 0n)
    throw new EncodingError(`${where} lists levels such as 0, not ${excerpt(json)}`);
  return value;
}

/** The domain as it was declared. */
export function encodeDomain({ limits }: Domain): Json {
  const { path, pycachePrefix, cwd, optimization, cacheTag, optimize, characters } = limits;
  const listed = (values: readonly Value[]): Json => values.map(encodeValue);
  const texts = (some: Texts): Json =>
    some.map((one) => (isDescription(one) ? described(one) : encodeValue(one)));
  return {
    ...(path === undefined ? {} : { path: described(path) }),
    ...(pycachePrefix === undefined ? {} : { pycache_prefix: texts(pycachePrefix) }),
    ...(cwd === undefined ? {} : { cwd: texts(cwd) }),
    ...(optimization === undefined ? {} : { optimization: listed(optimization) }),
    ...(cacheTag === undefined ? {} : { cache_tag: listed(cacheTag) }),
    ...(optimize === undefined ? {} : { optimize: listed(optimize) }),
    ...(characters === undefined ? {} : { characters }),
  };
}

const described = (description: PathDescription): Json => ({ ...description });
