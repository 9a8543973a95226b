import { raised } from './exceptions.ts';
import type { Release } from './releases.ts';

/** The maximum number of digits in an integer's text, in releases with a limit. */
export const integerDigitLimit = 4300;

/**
 * `str()` of an int.
 * @throws Thrown ValueError above the release's limit
 */
export function intText(value: bigint, release: Release): string {
  if (release.holds['integer-limit'] && exceedsLimit(value)) {
    const digits = release.holds['integer-limit-counts-digits'] ? ' digits' : '';
    const hint = release.holds['integer-limit-names-its-setter']
      ? '; use sys.set_int_max_str_digits() to increase the limit'
      : '';
    throw raised(
      'ValueError',
      `Exceeds the limit (${integerDigitLimit}${digits}) for integer string conversion${hint}`,
      'tooLong',
    );
  }
  return value.toString();
}

const firstOver = 10n ** BigInt(integerDigitLimit);
const firstUnder = -firstOver;
const exceedsLimit = (value: bigint): boolean => value >= firstOver || value <= firstUnder;

/**
 * `repr()` of a float: the shortest digits that parse to the same float, with an exponent below 1e-4 and from 1e16 on.
 */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  const [mantissa, exponentText] = Math.abs(value).toExponential().split('e') as [string, string];
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/**
 * The float that a Python repr denotes.
 * @returns undefined if the text is not such a repr
 */
export function parseFloatText(text: string): number | undefined {
  const named = namedFloats.get(text);
  if (named !== undefined) return named;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

const namedFloats = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);
