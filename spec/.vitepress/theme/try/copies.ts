/* The question in other notations, for copying. */
import { shellLine } from '../../../../src/cli/shell.ts';
import { functionOf, type Call } from '../../../../src/python/call.ts';
import { cpythonTag } from '../../../../src/python/interpreter.ts';
import { formatVersion, releaseOf } from '../../../../src/python/releases.ts';
import { callSource, valueSource } from '../../../../src/python/source.ts';
import { Str } from '../../../../src/python/text.ts';
import type { Target } from '../../../../src/reference.ts';

/** A Python program that prints the result of that interpreter. */
export function pythonProgram(call: Call, { version, platform }: Target): string {
  const { cacheTag, optimize, pycachePrefix, cwd } = call.state;
  const source = callSource(call);
  const below = pycachePrefix !== null && releaseOf(version).has('pycache-prefix');
  const isOwnTag = cacheTag !== null && cacheTag.equals(cpythonTag(version));
  const readsDirectory = below && call.function === undefined;
  const settings = [
    ...(isOwnTag ? [] : [`sys.implementation.cache_tag = ${valueSource(cacheTag)}`]),
    ...(below ? [`sys.pycache_prefix = ${valueSource(pycachePrefix)}`] : []),
    ...(readsDirectory && cwd !== null ? [`os.chdir(${valueSource(cwd)})`] : []),
  ];
  const modules = ['os.', 'sys.'].filter((name) => settings.some((line) => line.startsWith(name)));
  return [
    `# Python ${formatVersion(version)} on ${platform === 'posix' ? 'POSIX' : 'Windows'}${optionOf(optimize)}`,
    ...(readsDirectory && cwd === null ? ['# in a working directory that was removed'] : []),
    ...modules.map((name) => `import ${name.slice(0, -1)}`),
    `from importlib.util import ${functionOf(call)}`,
    ...(source.includes('PathLike(') ? ['', ...pathLike] : []),
    ...(/\b(?:Object|Raises|Sequence)\(/.test(source)
      ? ['', '# Object, Raises and Sequence stand for a class with methods that do so']
      : []),
    '',
    ...settings,
    `print(${source})`,
  ].join('\n');
}

const optionOf = (optimize: bigint): string =>
  optimize === 0n
    ? ''
    : optimize > 0n && optimize < 3n
      ? `, with -${'O'.repeat(Number(optimize))}`
      : `, with sys.flags.optimize ${optimize}`;

const pathLike = [
  'class PathLike:',
  '    def __init__(self, path):',
  '        self.path = path',
  '    def __fspath__(self):',
  '        return self.path',
];

/** A line for a POSIX shell, or the reason why there is none. */
export type CommandLine = { readonly line: string } | { readonly none: string };

/**
 * The command that prints the result. For `source_from_cache`, this is `explain`, because `source` recognizes more
 * names than Python does.
 */
export function commandLine(call: Call, { version, platform }: Target): CommandLine {
  const { cacheTag, optimize, pycachePrefix, cwd } = call.state;
  const [path, ...more] = call.args;
  const isOwnTag = cacheTag !== null && cacheTag.equals(cpythonTag(version));
  const below = pycachePrefix !== null && releaseOf(version).has('pycache-prefix');
  const isBack = call.function !== undefined;
  const texts = [path, cacheTag, ...(below ? [pycachePrefix, isBack ? null : cwd] : [])];
  if (!(path instanceof Str) || more.length > 0)
    return { none: 'it takes only a path that is text, and no other positional argument' };
  const options = call.kwargs.map(([name, value]) => optionText(name, value));
  if (options.includes(undefined))
    return {
      none: 'the optimization must be text or a whole number, and the debug override True or False',
    };
  if (!isBack && (optimize < 0n || optimize > 2n ** 31n - 1n))
    return { none: `it does not accept level ${optimize}` };
  if (path.is('-')) {
    return {
      none: isBack ? 'it does not accept the path -' : 'it reads the paths from stdin if the path is -',
    };
  }
  if (!isBack && below && cwd === null) return { none: 'it requires a working directory that exists' };
  if (!isBack && below && !isAbsolute(cwd!, platform))
    return { none: 'it requires an absolute working directory' };
  if (
    [...texts, ...call.kwargs.map(([, value]) => value)].some(
      (text) => text instanceof Str && !canBeWord(text),
    )
  ) {
    return { none: 'a command line cannot contain such text' };
  }
  const words = [
    ...(isBack ? [['--function', functionOf(call)]] : []),
    ['--python-version', formatVersion(version)],
    ['--platform', platform],
    ...(options as Array<[string, string]>),
    ...(cacheTag === null ? [['--no-cache-tag']] : isOwnTag ? [] : [['--cache-tag', cacheTag.units]]),
    ...(isBack || optimize === 0n ? [] : [['--optimize', optimize.toString()]]),
    ...(below ? [['--pycache-prefix', pycachePrefix.units], ...(isBack ? [] : [['--cwd', cwd!.units]])] : []),
  ].flatMap(([name = '', value]) =>
    value === undefined ? [name] : value.startsWith('-') ? [`${name}=${value}`] : [name, value],
  );
  return {
    line: shellLine([
      'npx',
      'pycache-spec',
      isBack ? 'explain' : 'path',
      ...words,
      ...(path.startsWith('-') ? ['--'] : []),
      path.units,
    ]),
  };
}

/** As an optimization, a text and a number give the same segment. */
function optionText(name: string, value: Call['args'][number]): [string, string] | undefined {
  if (name === 'optimization' && value instanceof Str) return ['--optimization', value.units];
  if (name === 'optimization' && typeof value === 'bigint' && isShort(value))
    return ['--optimization', value.toString()];
  if (name === 'debug_override' && typeof value === 'boolean') return ['--debug-override', `${value}`];
  return undefined;
}

/** Python refuses to convert a long integer to text, but accepts the text itself. */
const isShort = (value: bigint): boolean => value.toString().length < 100;

const canBeWord = (text: Str): boolean =>
  !text.hasSurrogates && !/\p{Cc}/u.test(text.units) && text.units.length < 100_000;

const isAbsolute = (path: Str, platform: Target['platform']): boolean =>
  (platform === 'posix' ? /^\// : /^(?:[a-z]:[\\/]|[\\/]{2})/i).test(path.units);
