/* Each kind of value in the protocol, in calls that show whether the value survives the round trip. */
import { callBack, type Call } from '../../python/call.ts';
import { plainState, type State, type Target } from '../../python/interpreter.ts';
import { known, newestKnown, oldestKnown, releaseOf, type Release } from '../../python/releases.ts';
import { Str, str } from '../../python/text.ts';
import { py, sameValue, type Value } from '../../python/values.ts';
import { answer } from '../../reference.ts';
import { answeredIn, type Back } from './back.ts';
import { holds } from './detours.ts';
import { answerableIn } from '../domain/agreed.ts';
import { Domain } from '../domain/domain.ts';
import { featuresOf, type Feature, type Hello } from '../features.ts';

/** A kind of value, with a call that contains such a value. */
export type Kind = {
  readonly name: string;
  readonly value: Value;
  readonly call: Call;
  readonly back: Back | undefined;
  /** Gets the value from a call; undefined if the call is about something else. */
  readonly at: (call: Call) => Value | undefined;
  /** The part of its text that makes it this kind. The rest may be any text. */
  readonly core?: Str;
};

export type Group = { readonly name: string; readonly kinds: readonly Kind[] };

/** The release whose behaviour an adapter claims. For a claim older than all known releases, the oldest known one. */
export const claimedRelease = ({ python }: Hello): Release =>
  releaseOf(known(python) === 'older' ? oldestKnown : python);

/** The state in which an adapter is asked, unless a call needs another one. */
export const usualState = ({ python, platform, fixed }: Hello): State => ({
  ...plainState(python, platform),
  ...fixed,
});

/** Whether an adapter has `cache_from_source`. If not, it has only `source_from_cache`. */
export const hasWayThere = ({ functions }: Hello): boolean => functions.includes('cache_from_source');

/**
 * `cache_from_source(path)`, or for an adapter with `source_from_cache` alone, a call with the bytecode file of a path
 * like `a.py`.
 */
const callOf = (hello: Hello, path: Value): Call =>
  hasWayThere(hello)
    ? { state: usualState(hello), args: [path], kwargs: [] }
    : callBackOf(hello, path instanceof Str ? path : str('a.py'));

/** `source_from_cache` with the bytecode file of a path like `a.py`. */
export const callBackOf = (hello: Hello, path: Str): Call =>
  callBack(usualState(hello), str('__pycache__/').concat(path.rpartition('.')[0]).concat(str('.T.pyc')));

/** The call nearest to `cache_from_source(path)` inside the adapter's domain. */
export function plainCall(hello: Hello, path: string): Call {
  const call = callOf(hello, str(path));
  return insideOf(hello, call) ?? call;
}

/** The nearest call that is inside the adapter's domain and that it supports. */
export const insideOf = (hello: Hello, call: Call): Call | undefined => insidesOf(hello, call)[0];

/** The nearest call that does not raise, and the nearest of all; only those that the adapter supports. */
export function insidesOf(hello: Hello, call: Call): Call[] {
  const domain = answerableIn(hello);
  if (domain.isWhole || domain.holds(call)) return lackingFor(hello, call).length === 0 ? [call] : [];
  return [withoutErrors(domain, hello), domain]
    .flatMap((one) => one.nearest(call) ?? [])
    .filter((near) => lackingFor(hello, near).length === 0);
}

/** A domain without the listed values that only lead to errors. */
function withoutErrors(domain: Domain, hello: Hello): Domain {
  const plain = callOf(hello, str('a.py'));
  let found = domain;
  for (const key of ['cacheTag', 'optimization', 'pycachePrefix', 'cwd'] as const) {
    const of = (values: readonly unknown[]): Domain =>
      new Domain({ ...found.limits, [key]: values }, domain.platform);
    const kept = found.limits[key]?.filter((value) => {
      const near = of([value]).nearest(plain);
      return (
        near !== undefined &&
        lackingFor(hello, near).length === 0 &&
        answer(near, targetOf(hello)).kind === 'return'
      );
    });
    if (kept !== undefined && kept.length > 0) found = of(kept);
  }
  return found;
}

/** The kind, in a call inside the adapter's domain; undefined if no such call is about it. */
export function kindInside(kind: Kind, hello: Hello): Kind | undefined {
  return insidesOf(hello, kind.call)
    .map((call) => (call === kind.call ? kind : kindIn(call, kind, hello)))
    .find((one) => one !== undefined);
}

function kindIn(call: Call, kind: Kind, hello: Hello): Kind | undefined {
  const names = new Set(call.kwargs.map(([name]) => name));
  const isAlike =
    call.args.length === kind.call.args.length && kind.call.kwargs.every(([name]) => names.has(name));
  const value = kind.at(call);
  if (!isAlike || value === undefined || !isSameKind(value, kind)) return undefined;
  const came = kind.back && answeredIn(kind.back.in, answer(call, targetOf(hello)));
  return kind.back !== undefined && (came === undefined || !holds(came, kind.back.text))
    ? undefined
    : { ...kind, value, call };
}

function isSameKind(value: Value, kind: Kind): boolean {
  if (sameValue(value, kind.value)) return true;
  const [one, other] = [value, kind.value].map(textIn);
  return kind.core !== undefined && one !== undefined && other !== undefined && holds(one, kind.core);
}

/** The text of a str, of a path object that returns one, or of an instance of a str subclass. */
function textIn(value: Value): Str | undefined {
  if (value instanceof Str) return value;
  const own =
    value === null || typeof value !== 'object'
      ? undefined
      : value.kind === 'path'
        ? value.fspath
        : value.kind === 'object'
          ? value.is
          : undefined;
  return own instanceof Str ? own : undefined;
}

/** The release that a check holds an adapter to. */
export function targetOf({ python, platform }: Hello): Target {
  const age = known(python);
  return { version: age === 'newer' ? newestKnown : age === 'older' ? oldestKnown : python, platform };
}

/** The features that a call needs and an adapter lacks. */
export const lackingFor = (hello: Hello, call: Call): Feature[] =>
  [...featuresOf(call, hello.fixed, claimedRelease(hello))].filter((feature) => !hello.supports.has(feature));

const texts = {
  plain: 'Plain_1',
  // Letters that Unicode normalization would change, in either direction.
  beyondAscii: 'n\u00e9-e\u0301-\u2126-\ufb01-\u4e2d',
  beyondBmp: 'b-\u{1f40d}-\u{1d7d8}-\u{10ffff}',
  quotes: `q'"\`$%{}<>&|`,
  lines: 'l\n\r\t\u0085\u2028\u2029\u001b\u007f-e',
  spaces: '  s  p\u00a0\u3000 ',
  nul: 'before\0after',
} as const;
const lone = py.str([0x61, 0xd800, 0x62, 0xdc80]);
const pair = py.str([0x61, 0xd83d, 0xdc0d, 0x62]);
const great = 2n ** 53n + 1n;
const digits = BigInt('1234567890'.repeat(400));

/* Where a value is in a call. */

const first: Kind['at'] = ({ args }) => args[0];
const keyword =
  (wanted: string): Kind['at'] =>
  ({ kwargs }) =>
    kwargs.find(([name]) => name === wanted)?.[1];
const tag: Kind['at'] = ({ state }) => state.cacheTag;
const prefix: Kind['at'] = ({ state }) => state.pycachePrefix;
/** Without a prefix, nothing depends on the working directory. */
const cwdBelowPrefix: Kind['at'] = ({ state }) => (state.pycachePrefix === null ? undefined : state.cwd);

/**
 * All kinds, including those that the adapter does not support. For `source_from_cache` alone, the kinds of text are
 * only those in a path.
 */
export function kindsFor(hello: Hello): Group[] {
  const release = claimedRelease(hello);
  const state = usualState(hello);
  const isWindows = hello.platform === 'win32';
  /** The value must come back only if the release reads it. */
  const where = (reads: boolean, back: Back | undefined): Back | undefined => (reads ? back : undefined);
  const takesOptimization = release.has('optimization');

  const inPath = (name: string, text: string | Str): Kind => {
    const value = typeof text === 'string' ? str(text) : text;
    const call = callOf(hello, value.concat(str('.py')));
    return {
      name,
      value: call.args[0]!,
      call,
      back: { in: 'path', text: value },
      at: first,
      ...(value.isEmpty ? {} : { core: value }),
    };
  };
  /** Windows itself may reject such a value, so it need not come back. */
  const limited = (kind: Kind): Kind => (isWindows ? { ...kind, back: undefined } : kind);
  const asPath = (name: string, value: Value, back?: Back): Kind => ({
    name,
    value,
    call: callOf(hello, value),
    back,
    at: first,
    ...(back?.in === 'path' ? { core: back.text } : {}),
  });
  const asOptimization = (name: string, value: Value, back?: Back): Kind => ({
    name,
    value,
    call: { state, args: [str('a.py')], kwargs: [['optimization', value]] },
    back: where(takesOptimization, back),
    at: keyword('optimization'),
  });
  const asSegment = (name: string, value: Value, text: string): Kind =>
    asOptimization(name, value, { in: 'path', text: str(`opt-${text}`) });
  const inMessage = (name: string, value: Value, text: string): Kind =>
    asOptimization(name, value, { in: 'message', text: str(text) });
  const asOverride = (name: string, value: Value): Kind => ({
    name,
    value,
    call: { state, args: [str('a.py')], kwargs: [['debug_override', value]] },
    back: undefined,
    at: keyword('debug_override'),
  });
  const inState = (
    name: string,
    own: Partial<State>,
    at: Kind['at'],
    { back, path = 'a.py' }: { readonly back?: Str | undefined; readonly path?: string } = {},
  ): Kind => {
    const call: Call = { state: { ...state, ...own }, args: [str(path)], kwargs: [] };
    return {
      name,
      value: at(call) ?? null,
      call,
      back: back === undefined ? undefined : { in: 'path', text: back },
      at,
    };
  };

  const [root, separator] = isWindows ? ['C:\\', '\\'] : ['/', '/'];
  const hasPrefix = release.has('pycache-prefix');
  const prefixed = (name: string, folder: Str): Kind => ({
    ...inState(name, { pycachePrefix: str(root).concat(folder) }, prefix, {
      back: hasPrefix ? folder : undefined,
      path: `${root}dir${separator}a.py`,
    }),
    core: folder,
  });
  const workingIn = (name: string, folder: Str): Kind => ({
    ...inState(name, { pycachePrefix: str(`${root}p`), cwd: str(root).concat(folder) }, cwdBelowPrefix, {
      back: hasPrefix ? folder : undefined,
      path: `dir${separator}a.py`,
    }),
    core: folder,
  });
  const tagged = (name: string, cacheTag: Str): Kind => inState(name, { cacheTag }, tag, { back: cacheTag });
  const form = (name: string, args: readonly Value[], kwargs: Call['kwargs'], back?: string): Kind => ({
    name,
    value: args[0] ?? kwargs[0]?.[1] ?? null,
    call: { state, args, kwargs },
    back: back === undefined ? undefined : { in: 'path', text: str(back) },
    at: (call) => first(call) ?? keyword('path')(call) ?? null,
    core: str(back ?? 'a'),
  });
  const raised = (type: string): Back => ({ in: 'type', text: str(type) });
  const named = (text: string): Back => ({ in: 'path', text: str(text) });
  const likes = release.has('path-like');

  return [
    {
      name: 'text',
      kinds: [
        inPath('ASCII', texts.plain),
        inPath('beyond ASCII', texts.beyondAscii),
        inPath('beyond the BMP', texts.beyondBmp),
        inPath('a lone surrogate', lone),
        inPath('two surrogates as separate code points', pair),
        limited(inPath('NUL', texts.nul)),
        inPath('quotes and shell characters', texts.quotes),
        ...(isWindows ? [] : [inPath('backslashes', String.raw`b\\c\n\u0041`)]),
        inPath('line ends and control characters', texts.lines),
        inPath('spaces', texts.spaces),
        limited(inPath('100,000 characters', 'x'.repeat(100_000))),
        inPath(hasWayThere(hello) ? 'an empty path' : 'an empty name', ''),
        ...(hasWayThere(hello)
          ? [
              asSegment('an optimization of text', str('\u00e9\u{1d7d8}x'), '\u00e9\u{1d7d8}x'),
              asOptimization('an empty optimization', str('')),
            ]
          : []),
      ],
    },
    {
      name: 'numbers',
      kinds: [
        asSegment('0', 0n, '0'),
        asSegment('2', 2n, '2'),
        asSegment('12', 12n, '12'),
        inMessage('a negative int', -1n, "'-1'"),
        asSegment('an int beyond 2^53', great, String(great)),
        inMessage('a negative int beyond 2^53', -great, `'-${great}'`),
        asSegment('an int of 4,000 digits', digits, String(digits)),
        asOptimization('None', null),
        asSegment('True', true, 'True'),
        asSegment('False', false, 'False'),
        inMessage('the float 1.0', py.float(1), "'1.0'"),
        inMessage('the float -0.0', py.float(-0), "'-0.0'"),
        inMessage('the float 1e+16', py.float(1e16), "'1e+16'"),
        asSegment('the float inf', py.float(Infinity), 'inf'),
        asSegment('the float nan', py.float(Number.NaN), 'nan'),
        asOverride('True as debug override', true),
        asOverride('0 as debug override', 0n),
        asOverride('text as debug override', str('x')),
        asOverride('None as debug override', null),
      ],
    },
    {
      name: 'other types',
      kinds: [
        asPath('bytes', py.bytes('a.py')),
        asPath('None', null),
        asPath('an int', 7n),
        asPath('a bool', true),
        asPath('a float', py.float(1.5)),
        asPath('an empty list', py.list()),
        inMessage('bytes as optimization', py.bytes([0x61, 0, 0xff]), String.raw`b'a\\x00\\xff'`),
        inMessage('a list', py.list(1n, str('a'), null, true), "[1, 'a', None, True]"),
        inMessage('a tuple of a list', py.tuple(py.list(py.float(2.5), great)), `([2.5, ${great}],)`),
      ],
    },
    {
      name: 'path-likes',
      kinds: [
        asPath('a path object', py.pathLike(str('liked.py')), where(likes, named('liked'))),
        asPath(
          'a path object that holds a surrogate',
          py.pathLike(lone.concat(str('.py'))),
          where(likes, { in: 'path', text: lone }),
        ),
        asPath('a path object that gives bytes', py.pathLike(py.bytes('a.py'))),
        asPath('a path object that gives None', py.pathLike(null)),
        asPath(
          'a path object that raises',
          py.pathLike(py.raises('KeyError', 'k')),
          where(likes, raised('KeyError')),
        ),
        asPath(
          'a path object that answers in a sequence',
          py.pathLike(py.sequence(str('first.py'), str('second.py'))),
          where(likes, named('first')),
        ),
      ],
    },
    {
      name: 'objects',
      kinds: [
        asPath('an object', py.object()),
        asSegment('an object with str', py.object({ str: str('x1') }), 'x1'),
        asOptimization(
          'an object whose str raises',
          py.object({ str: py.raises('ZeroDivisionError', 'z') }),
          raised('ZeroDivisionError'),
        ),
        asOptimization(
          'an object that raises an exception unknown to Python',
          py.object({ str: py.raises('StrangerError') }),
          raised('StrangerError'),
        ),
        asSegment(
          'an object that answers in a sequence',
          py.object({ str: py.sequence(str('x1'), str('x2')) }),
          'x1',
        ),
        asSegment('an object with eq', py.object({ eq: true, str: str('x1') }), 'x1'),
        asOverride('an object with bool', py.object({ bool: false })),
        asOverride('an object whose bool raises', py.object({ bool: py.raises('KeyError') })),
        asPath('an instance of a subclass of str', py.object({ is: str('held.py') }), named('held')),
        asSegment('an instance of a subclass of int', py.object({ is: great }), String(great)),
      ],
    },
    {
      name: 'forms',
      kinds: [
        form('no path', [], []),
        form('the path by keyword', [], [['path', str('named.py')]], 'named'),
        form('a debug override by position', [str('a.py'), true], []),
        form('too many arguments', [str('a.py'), null, 1n, 2n], []),
        form('an unknown keyword', [str('a.py')], [['optimisation', 1n]]),
        form('a keyword beyond ASCII', [str('a.py')], [['\u00e9\u{1f40d}', 1n]]),
      ],
    },
    {
      name: 'interpreter',
      kinds: [
        tagged('another cache tag', str('tag-1.x')),
        tagged('a cache tag beyond ASCII', str(texts.beyondAscii)),
        tagged('a cache tag with surrogates', lone),
        inState('an empty cache tag', { cacheTag: Str.empty }, tag),
        inState('a cache tag that is None', { cacheTag: null }, tag),
        inState('optimize 2', { optimize: 2n }, ({ state: { optimize } }) => optimize, {
          back: takesOptimization ? str('opt-2') : undefined,
        }),
        prefixed('a pycache prefix', str('pre fix')),
        prefixed('a pycache prefix beyond ASCII', str(texts.beyondAscii)),
        prefixed('a pycache prefix with surrogates', lone),
        inState('an empty pycache prefix', { pycachePrefix: Str.empty }, prefix),
        workingIn('a working directory', str('work here')),
        workingIn('a working directory with surrogates', lone),
        inState('a removed working directory', { cwd: null }, ({ state: { cwd } }) => cwd),
        inState(
          'a removed working directory, and a prefix',
          { pycachePrefix: str(`${root}p`), cwd: null },
          cwdBelowPrefix,
        ),
      ],
    },
  ];
}
