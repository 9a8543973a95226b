/* Each kind of value that the protocol has, in calls that show whether it survives the way there and back. */
import type { Call } from '../../python/call.ts';
import { plainState, type State } from '../../python/interpreter.ts';
import { known, oldestKnown, releaseOf, type Release } from '../../python/releases.ts';
import { Str, str } from '../../python/text.ts';
import { py, type Value } from '../../python/values.ts';
import { featuresOf, type Feature, type Hello } from '../features.ts';

/** What any sensible implementation gives back of it: in the path, in an error's message, or as its type. */
export type Back = { readonly in: 'path' | 'message' | 'type'; readonly text: Str };

/** A kind of value, in a call that holds one of it. */
export type Kind = {
  readonly name: string;
  readonly value: Value;
  readonly call: Call;
  readonly back: Back | undefined;
};

export type Group = { readonly name: string; readonly kinds: readonly Kind[] };

/** The release whose behaviour an adapter claims, or the oldest that is known. */
export const claimedRelease = ({ python }: Hello): Release =>
  releaseOf(known(python) === 'older' ? oldestKnown : python);

/** The state in which it is asked, but for what a call is about. */
export const usualState = ({ python, platform, fixed }: Hello): State => ({
  ...plainState(python, platform),
  ...fixed,
});

/** `cache_from_source(path)`. */
export const plainCall = (hello: Hello, path: string | Value): Call => ({
  state: usualState(hello),
  args: [typeof path === 'string' ? str(path) : path],
  kwargs: [],
});

/** What a call needs and an adapter does not have. */
export const lackingFor = (hello: Hello, call: Call): Feature[] =>
  [...featuresOf(call, hello.fixed, claimedRelease(hello))].filter((feature) => !hello.supports.has(feature));

const texts = {
  plain: 'Plain_1',
  // Letters that a normal form of Unicode would change, in either direction.
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

/** All kinds, those that an adapter does not support too. */
export function kindsFor(hello: Hello): Group[] {
  const release = claimedRelease(hello);
  const state = usualState(hello);
  const isWindows = hello.platform === 'win32';
  /** What is only to come back where a release reads it. */
  const where = (reads: boolean, back: Back | undefined): Back | undefined => (reads ? back : undefined);
  const takesOptimization = release.has('optimization');

  const inPath = (name: string, text: string | Str): Kind => {
    const value = typeof text === 'string' ? str(text) : text;
    const path = value.concat(str('.py'));
    return { name, value: path, call: plainCall(hello, path), back: { in: 'path', text: value } };
  };
  /** What Windows itself may refuse. */
  const limited = (kind: Kind): Kind => (isWindows ? { ...kind, back: undefined } : kind);
  const asPath = (name: string, value: Value, back?: Back): Kind => ({
    name,
    value,
    call: plainCall(hello, value),
    back,
  });
  const asOptimization = (name: string, value: Value, back?: Back): Kind => ({
    name,
    value,
    call: { state, args: [str('a.py')], kwargs: [['optimization', value]] },
    back: where(takesOptimization, back),
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
  });
  const inState = (name: string, own: Partial<State>, value: Value, back?: Str, path = 'a.py'): Kind => ({
    name,
    value,
    call: { state: { ...state, ...own }, args: [str(path)], kwargs: [] },
    back: back === undefined ? undefined : { in: 'path', text: back },
  });

  const [root, separator] = isWindows ? ['C:\\', '\\'] : ['/', '/'];
  const hasPrefix = release.has('pycache-prefix');
  const prefixed = (name: string, folder: Str): Kind => {
    const prefix = str(root).concat(folder);
    return inState(
      name,
      { pycachePrefix: prefix },
      prefix,
      hasPrefix ? folder : undefined,
      `${root}dir${separator}a.py`,
    );
  };
  const workingIn = (name: string, folder: Str): Kind => {
    const cwd = str(root).concat(folder);
    return inState(
      name,
      { pycachePrefix: str(`${root}p`), cwd },
      cwd,
      hasPrefix ? folder : undefined,
      `dir${separator}a.py`,
    );
  };
  const tagged = (name: string, tag: Str): Kind => inState(name, { cacheTag: tag }, tag, tag);
  const form = (name: string, args: readonly Value[], kwargs: Call['kwargs'], back?: string): Kind => ({
    name,
    value: args[0] ?? kwargs[0]?.[1] ?? null,
    call: { state, args, kwargs },
    back: back === undefined ? undefined : { in: 'path', text: str(back) },
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
        inPath('two surrogates that are two code points', pair),
        limited(inPath('NUL', texts.nul)),
        inPath('quotes and signs of a shell', texts.quotes),
        ...(isWindows ? [] : [inPath('backslashes', String.raw`b\\c\n\u0041`)]),
        inPath('line ends and control characters', texts.lines),
        inPath('spaces', texts.spaces),
        limited(inPath('100,000 characters', 'x'.repeat(100_000))),
        inPath('an empty path', ''),
        asSegment('an optimization of text', str('\u00e9\u{1d7d8}x'), '\u00e9\u{1d7d8}x'),
        asOptimization('an empty optimization', str('')),
      ],
    },
    {
      name: 'numbers',
      kinds: [
        asSegment('0', 0n, '0'),
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
          'an object that raises what Python does not have',
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
        asPath('a str of a class of its own', py.object({ is: str('held.py') }), named('held')),
        asSegment('an int of a class of its own', py.object({ is: great }), String(great)),
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
        inState('an empty cache tag', { cacheTag: Str.empty }, Str.empty),
        inState('a cache tag that is None', { cacheTag: null }, null),
        inState('optimize 2', { optimize: 2n }, 2n, takesOptimization ? str('opt-2') : undefined),
        prefixed('a pycache prefix', str('pre fix')),
        prefixed('a pycache prefix beyond ASCII', str(texts.beyondAscii)),
        prefixed('a pycache prefix with surrogates', lone),
        inState('an empty pycache prefix', { pycachePrefix: Str.empty }, Str.empty),
        workingIn('a working directory', str('work here')),
        workingIn('a working directory with surrogates', lone),
        inState('a removed working directory', { cwd: null }, null),
        inState(
          'a removed working directory, and a prefix',
          { pycachePrefix: str(`${root}p`), cwd: null },
          null,
        ),
      ],
    },
  ];
}
