/*
 * The form's fields as the query of an address, which contains only unusual values. The names are those of the
 * command's options; `value`, `call` and `optimization-value` are Python source.
 */
import type { Call } from '../../../../src/python/call.ts';
import { isPlatform } from '../../../../src/python/interpreter.ts';
import { formatVersion, known, parseRelease } from '../../../../src/python/releases.ts';
import { callSource, stateSource, textSource } from '../../../../src/python/source.ts';
import { Str, str } from '../../../../src/python/text.ts';
import type { Target } from '../../../../src/reference.ts';
import { isUsualOptimization, plainForm, type Form } from './form.ts';
import { asks, fits, formOf } from './written.ts';

/** The query without its `?`; empty if all values are the usual ones. */
export function addressOf(form: Form): string {
  const usual = plainForm();
  const query = new URLSearchParams();
  if (form.kind !== 'text') query.set(form.kind, form.path);
  else if (form.path !== usual.path) query.set('path', form.path);
  if (form.optimization === 'text') query.set('optimization', form.optimizationText);
  else if (form.optimization === 'value') query.set('optimization-value', form.optimizationText);
  else if (form.optimization !== 'none') query.set('optimization-value', form.optimization);
  if (form.debugOverride !== 'none') query.set('debug-override', form.debugOverride);
  if (form.version !== usual.version) query.set('python-version', form.version);
  if (form.platform !== usual.platform) query.set('platform', form.platform);
  if (form.cacheTag === 'text') query.set('cache-tag', form.cacheTagText);
  else if (form.cacheTag === 'none') query.set('no-cache-tag', '');
  if (form.optimize !== usual.optimize) query.set('optimize', form.optimize);
  if (form.pycachePrefix === 'text') query.set('pycache-prefix', form.pycachePrefixText);
  if (form.cwd === 'text') query.set('cwd', form.cwdText);
  else if (form.cwd === 'removed') query.set('no-cwd', '');
  return query.toString();
}

/** The form that an address describes. Invalid values are replaced by the usual ones and listed. */
export type Restored = { readonly form: Form; readonly faults: readonly string[] };

/** @param query with or without its `?` */
export function restored(query: string): Restored {
  const form = plainForm();
  const faults: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const setting = isSetting(name) ? settings[name](value) : {};
    if (typeof setting === 'string') faults.push(`${name}: ${setting}`);
    else Object.assign(form, setting);
  }
  return { form, faults };
}

/** What a value sets, or what is wrong with it. */
type Setting = (value: string) => Partial<Form> | string;

/** Text that a field cannot hold is written as Python source. */
const settings = {
  path: (path) => (fits(path) ? { kind: 'text', path } : { kind: 'value', path: textSource(str(path)) }),
  value: (path) => ({ kind: 'value', path }),
  call: (path) => ({ kind: 'call', path }),
  optimization: (text) =>
    fits(text)
      ? { optimization: 'text', optimizationText: text }
      : { optimization: 'value', optimizationText: textSource(str(text)) },
  'optimization-value': (source) =>
    isUsualOptimization(source)
      ? { optimization: source }
      : { optimization: 'value', optimizationText: source },
  'debug-override': (truth) =>
    truth === 'true' || truth === 'false' ? { debugOverride: truth } : `'${truth}' is neither true nor false`,
  'python-version': (text) => {
    const version = parseRelease(text);
    return version !== undefined && known(version) === 'known'
      ? { version: formatVersion(version) }
      : `'${text}' is not a specified release`;
  },
  platform: (name) => (isPlatform(name) ? { platform: name } : `'${name}' is neither posix nor win32`),
  'cache-tag': (text) => (fits(text) ? { cacheTag: 'text', cacheTagText: text } : unfit),
  'no-cache-tag': () => ({ cacheTag: 'none' }),
  optimize: (level) =>
    /^-?\d{1,10}$/.test(level) ? { optimize: BigInt(level).toString() } : `'${level}' is not a whole number`,
  'pycache-prefix': (text) => (fits(text) ? { pycachePrefix: 'text', pycachePrefixText: text } : unfit),
  cwd: (text) => (fits(text) ? { cwd: 'text', cwdText: text } : unfit),
  'no-cwd': () => ({ cwd: 'removed' }),
} satisfies Record<string, Setting>;

const unfit = 'it contains a character that no field can show';

const isSetting = (name: string): name is keyof typeof settings => Object.hasOwn(settings, name);

/**
 * The address of a call: its query, without the `?`.
 *
 * @returns undefined if the call cannot be written down, for example with a keyword that is not a name
 */
export function addressOfCall(call: Call, target: Target): string | undefined {
  const [path] = call.args;
  // As Python source, repetitive text is short.
  const isLong = path instanceof Str && path.units.length > longest;
  const kinds = isLong ? (['value', 'text', 'call'] as const) : (['text', 'value', 'call'] as const);
  const form =
    kinds.map((kind) => formOf(call, target, kind)).find((found) => found !== undefined) ??
    withComment(call, target);
  return asks(form, call, target) ? addressOf(form) : undefined;
}

const longest = 500;

/** State that no field can hold is written in a comment after the call. */
function withComment(call: Call, { version, platform }: Target): Form {
  const interpreter = `${stateSource(call.state)}, python='${formatVersion(version)}', platform='${platform}'`;
  return { ...plainForm(), kind: 'call', path: `${callSource(call)}  # ${interpreter}` };
}
