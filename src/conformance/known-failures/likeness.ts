/*
 * Whether two failing calls show the same fault, as far as one can tell without asking more calls. They differ in the
 * same parts and in the same way, and either the calls have the same form, or the differing text was changed in the
 * same manner.
 */
import { pieces, type Difference, type Part } from '../../../properties/index.ts';
import type { Call, Outcome } from '../../python/call.ts';
import { callSource, valueSource } from '../../python/source.ts';
import { sameValue } from '../../python/values.ts';
import { decodeCall, decodeOutcome } from '../codec.ts';
import type { Failure } from '../events.ts';

/**
 * How an outcome differs, as text for an entry: the parts, and if the kind or the exception's type is among them, what
 * was expected and what came.
 */
export const wayText = (call: Call, { parts, expected, got }: Difference): string =>
  wayOf([...parts], callSource(call), kindOf(expected), kindOf(got));

/** The same for a failure event. */
export const wayOfFailure = ({ parts, calls, expected, outcomes, failed }: Failure): string =>
  wayOf(
    parts,
    callSource(decodeCall(calls[failed])),
    /^raises ([^:]+)/.exec(expected.at(-1) ?? '')?.[1] ?? 'return',
    kindOf(decodeOutcome(outcomes[failed])),
  );

const kindOf = (outcome: Outcome): string => (outcome.kind === 'raise' ? outcome.type : outcome.kind);

/** An exception that the call's own argument raises has a random type, so the type is replaced. */
function wayOf(parts: readonly Part[], call: string, expected: string, got: string): string {
  const name = (kind: string): string => (call.includes(`Raises('${kind}'`) ? 'what it raises' : kind);
  const kinds = parts.includes('kind') || parts.includes('type') ? ` (${name(expected)}, ${name(got)})` : '';
  return `${parts.toSorted().join(', ')}${kinds}`;
}

/** The call, with the parts of its state that are not plain. */
export function callText(call: Call, { state: plain }: Pick<Call, 'state'>): string {
  const special = keys
    .filter(([, key]) => !sameValue(call.state[key], plain[key]))
    .map(([name, key]) => `${name}=${valueSource(call.state[key])}`);
  return `${callSource(call)}${special.length === 0 ? '' : `  # ${special.join(', ')}`}`;
}

const keys = [
  ['cache_tag', 'cacheTag'],
  ['optimize', 'optimize'],
  ['pycache_prefix', 'pycachePrefix'],
  ['cwd', 'cwd'],
] as const;

/** The form of a call: all characters of one kind are the same, and runs are shortened. */
export function formOf(call: Call, plain: Call): string {
  return callText(call, plain)
    .replaceAll(/Raises\('\w+'/g, 'Raises(…')
    .replaceAll(/'(?:[^'\\]|\\.)*'/gs, classes)
    .replaceAll(/(?<![\w.'])\d{2,}/g, 'N');
}

/** The forms of those parts of a call that are not plain. */
export function aspectsOf(call: Call, plain: Call): ReadonlyMap<string, string> {
  const bare = { ...plain, kwargs: [] };
  const own: Array<readonly [string, Call]> = [
    ['path', { ...bare, args: call.args.slice(0, 1) }],
    ...call.args
      .slice(1)
      .map((value, i) => [`argument ${i}`, { ...bare, args: [...plain.args, value] }] as const),
    ...call.kwargs.map((one) => [one[0], { ...bare, kwargs: [one] }] as const),
    ...keys.map(
      ([name, key]) => [name, { ...bare, state: { ...plain.state, [key]: call.state[key] } }] as const,
    ),
  ];
  const usual = formOf(bare, plain);
  return new Map(
    own.map(([name, one]) => [name, formOf(one, plain)] as const).filter(([, form]) => form !== usual),
  );
}

const suffixes = new Set(['py', 'pyc', 'pyo', 'pyw', 'so', 'init', 'pycache']);

/** A text in Python's notation, with each character replaced by its kind. */
const classes = (source: string): string =>
  source
    .replaceAll(/\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8})/g, (one) =>
      classOf(Number.parseInt(one.slice(2), 16)),
    )
    .replaceAll(/[^ -~]/gu, (one) => classOf(one.codePointAt(0)!))
    .replaceAll(/[a-z]+/g, (word) => (suffixes.has(word) ? word : 'a'))
    .replaceAll(/[A-Z]+/g, (word) => (word.length === 1 && 'DLMNPSZC'.includes(word) ? word : 'A'))
    .replaceAll(/\d+/g, '0');

/** `<L>` for a letter, and so on: the first letter of the category, with a `+` for a character beyond 16 bits. */
function classOf(point: number): string {
  const text = String.fromCodePoint(point);
  const category = /^\p{Cs}$/u.test(text)
    ? 'surrogate'
    : (categories.find(([, pattern]) => pattern.test(text))?.[0] ?? 'C');
  return `<${category}${point > 0xffff ? '+' : ''}>`;
}

const categories: ReadonlyArray<readonly [string, RegExp]> = [
  ['L', /^\p{L}$/u],
  ['M', /^\p{M}$/u],
  ['N', /^\p{N}$/u],
  ['P', /^\p{P}$/u],
  ['S', /^\p{S}$/u],
  ['Z', /^\p{Z}$/u],
];

/**
 * How the differing pieces of a path were changed: the kinds of characters that were removed, and of those that
 * replaced them.
 * @returns undefined if no path was expected or none came back
 */
export function editOf({ parts, wanted, found }: Difference): string | undefined {
  const changed = pieces.filter((piece) => parts.has(piece));
  if (changed.length === 0 || changed.some((piece) => !wanted.has(piece))) return undefined;
  return changed
    .map((piece) => {
      const [want = '', got = ''] = [wanted.get(piece), found.get(piece)];
      let start = 0;
      while (start < want.length && want[start] === got[start]) start++;
      let end = 0;
      while (end < Math.min(want.length, got.length) - start && want.at(-1 - end) === got.at(-1 - end)) end++;
      return `${piece} -${kinds(want.slice(start, want.length - end))} +${kinds(got.slice(start, got.length - end))}`;
    })
    .join('; ');
}

const kinds = (text: string): string =>
  [
    ...new Set(
      [...text].map((one) =>
        /[a-z]/.test(one)
          ? 'a'
          : /[A-Z]/.test(one)
            ? 'A'
            : /\d/.test(one)
              ? '0'
              : /[ -~]/.test(one)
                ? one
                : classOf(one.codePointAt(0)!),
      ),
    ),
  ]
    .toSorted()
    .join('');
