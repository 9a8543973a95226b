import type { Outcome } from './call.ts';
import type { Warning } from './exceptions.ts';
import type { Str } from './text.ts';
import { sameValue } from './values.ts';

/**
 * Whether two outcomes are equal in everything that both report: a message or warnings that one of them omits are not
 * compared.
 */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.kind === 'return' && b.kind === 'return')
    return sameValue(a.value, b.value) && sameWarnings(a.warnings, b.warnings);
  if (a.kind === 'raise' && b.kind === 'raise') {
    return a.type === b.type && sameMessage(a.message, b.message) && sameWarnings(a.warnings, b.warnings);
  }
  return false;
}

export const sameWarnings = (a: readonly Warning[] | undefined, b: readonly Warning[] | undefined): boolean =>
  a === undefined ||
  b === undefined ||
  (a.length === b.length &&
    a.every(
      (warning, i) => warning.category === b[i]!.category && sameMessage(warning.message, b[i]!.message),
    ));

/** Ignores the module of an object's class and the address in its default repr, which depend on the adapter. */
export const sameMessage = (a: Str | undefined, b: Str | undefined): boolean =>
  a === undefined || b === undefined || a.equals(b) || withoutPlaces(a) === withoutPlaces(b);

const withoutPlaces = (text: Str): string =>
  text.units
    .replaceAll(/<(?:[\w.<>]+\.)?(Object|PathLike) object at 0x[0-9a-f]+>/gi, '<$1 object>')
    .replaceAll(/(?<![\w.<>])(?:[\w<>]+\.)+(Object|PathLike)(?=\.__\w+__\(\)|$)/g, '$1');
