/* Calls as the form's fields. */
import { encodeCall, toLine } from '../../../../src/conformance/codec.ts';
import type { Call } from '../../../../src/python/call.ts';
import { cpythonTag, plainState, type State } from '../../../../src/python/interpreter.ts';
import { formatVersion } from '../../../../src/python/releases.ts';
import { callSource, valueSource } from '../../../../src/python/source.ts';
import { Str } from '../../../../src/python/text.ts';
import type { Target } from '../../../../src/reference.ts';
import { isProblem, isUsualOptimization, plainForm, readForm, type Form } from './form.ts';

/**
 * The fields that describe a call.
 *
 * @param kind the notation of the path
 * @returns undefined if no fields describe it in this notation
 */
export function formOf(call: Call, target: Target, kind: Form['kind']): Form | undefined {
  const path: Partial<Form> = kind === 'call' ? { kind, path: callSource(call) } : argumentsOf(call, kind);
  const form = { ...plainForm(), ...interpreterOf(call.state, target), ...path };
  return asks(form, call, target) ? form : undefined;
}

/** The same question with the path in another notation. If that is impossible, the typed text stays. */
export function converted(form: Form, kind: Form['kind']): Form {
  const read = readForm(form);
  return (isProblem(read) ? undefined : formOf(read.call, read.target, kind)) ?? { ...form, kind };
}

/** Whether the fields describe this call. */
export function asks(form: Form, call: Call, target: Target): boolean {
  const read = readForm(form);
  const holds = [form.cacheTagText, form.pycachePrefixText, form.cwdText].every(fits);
  return holds && !isProblem(read) && identity(read.call, read.target) === identity(call, target);
}

/** A working directory that nothing reads is ignored. */
function identity(call: Call, { version, platform }: Target): string {
  const cwd = call.state.pycachePrefix === null ? null : call.state.cwd;
  return toLine([encodeCall({ ...call, state: { ...call.state, cwd } }), formatVersion(version), platform]);
}

/** Whether a single-line field shows the text unchanged. */
export const fits = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);

function interpreterOf({ cacheTag, optimize, pycachePrefix, cwd }: State, target: Target): Partial<Form> {
  const { version, platform } = target;
  const isUsual = cwd !== null && plainState(version, platform).cwd!.equals(cwd);
  return {
    version: formatVersion(version),
    platform,
    optimize: optimize.toString(),
    ...(cacheTag === null
      ? { cacheTag: 'none' }
      : cacheTag.equals(cpythonTag(version))
        ? {}
        : { cacheTag: 'text', cacheTagText: cacheTag.units }),
    ...(pycachePrefix === null ? {} : { pycachePrefix: 'text', pycachePrefixText: pycachePrefix.units }),
    ...(pycachePrefix === null || isUsual
      ? {}
      : cwd === null
        ? { cwd: 'removed' }
        : { cwd: 'text', cwdText: cwd.units }),
  };
}

/** The fields for the first argument and for the arguments that have their own. */
function argumentsOf({ args: [path = null], kwargs }: Call, kind: 'text' | 'value'): Partial<Form> {
  const options = new Map(kwargs);
  const override = options.get('debug_override');
  const optimization = options.get('optimization');
  return {
    kind,
    path: kind === 'text' && path instanceof Str && fits(path.units) ? path.units : valueSource(path),
    ...(typeof override === 'boolean' ? { debugOverride: override ? 'true' : 'false' } : {}),
    ...(optimization === undefined ? {} : optimizationOf(optimization)),
  };
}

function optimizationOf(value: Call['args'][number]): Partial<Form> {
  const source = valueSource(value);
  if (isUsualOptimization(source)) return { optimization: source };
  return value instanceof Str && fits(value.units)
    ? { optimization: 'text', optimizationText: value.units }
    : { optimization: 'value', optimizationText: source };
}
