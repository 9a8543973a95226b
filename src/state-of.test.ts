/* Tests `stateOf` as TypeScript callers use it. properties/11-state.test.ts covers releases and implementations. */
import { expect, test } from 'vitest';
import { cacheFromSource, stateOf } from './index.ts';

test('is an interpreter for cacheFromSource', () => {
  const interpreter = stateOf({
    version: '3.13.0',
    environment: { PYTHONOPTIMIZE: '1', PYTHONPYCACHEPREFIX: '/v', HOME: '/home/me', UNSET: undefined },
    words: ['-OO', '-X', 'pycache_prefix=/p', '-B', 'a.py', '-O'],
  });
  expect(interpreter).toEqual({
    version: '3.13.0',
    platform: 'posix',
    cacheTag: 'cpython-313',
    optimize: 2,
    pycachePrefix: '/p',
    written: false,
    ignored: [
      { setting: 'PYTHONOPTIMIZE=1', why: '-OO is a higher level' },
      { setting: 'PYTHONPYCACHEPREFIX=/v', why: '-X pycache_prefix=/p counts' },
    ],
  });
  expect(cacheFromSource('/a/b.py', null, { interpreter })).toBe('/p/a/b.cpython-313.opt-2.pyc');
});

test('of nothing is as an interpreter comes', () => {
  expect(stateOf()).toEqual({
    version: '3.15.0',
    platform: 'posix',
    cacheTag: 'cpython-315',
    optimize: 0,
    pycachePrefix: null,
    written: true,
    ignored: [],
  });
});

test.each([
  [
    {
      environment: { PYTHONOPTIMIZE: '2', PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: '/v' },
      words: ['-I'],
    },
    ['-I ignores the environment', '-I ignores the environment', '-I ignores the environment'],
  ],
  [{ environment: { PYTHONPYCACHEPREFIX: '' } }, ['an empty value is ignored']],
  [{ environment: { PYTHONDONTWRITEBYTECODE: '0' } }, ['zero means no']],
  [
    { version: '3.7.0', environment: { PYTHONPYCACHEPREFIX: '/v' }, words: ['-Xpycache_prefix=/p'] },
    ['Python 3.7.0 has no sys.pycache_prefix', 'Python 3.7.0 has no sys.pycache_prefix'],
  ],
  [{ words: ['-Xpycache_prefix=/p', '-Xpycache_prefix=/q'] }, ['-X pycache_prefix=/p counts']],
  [
    { implementation: 'pypy', version: '3.11', words: ['-Xpycache_prefix=/p', '-Xpycache_prefix=/q'] },
    ['-X pycache_prefix=/q counts'],
  ],
] as const)('of %j tells why what was set changes nothing', (start, reasons) => {
  expect(stateOf(start).ignored.map(({ why }) => why)).toEqual(reasons);
});

test.each([
  [{ words: ['-Z'] }, 'there is no option -Z'],
  [{ words: ['--check-hash-based-pycs', 'no'] }, '--check-hash-based-pycs takes default, always or never'],
  [{ version: '3.3' }, 'Python 3.3.0 is older than 3.4.0'],
  [{ version: 'three' }, "'three' is not a Python version"],
  [{ implementation: 'pypy', version: '3.4' }, 'the cache tag of pypy for Python 3.4.3 is not known'],
  [
    { implementation: 'pypy', version: '3.11', environment: { PYTHONOPTIMIZE: '9007199254740993' } },
    'the level 9007199254740993 is not a safe integer',
  ],
  [
    { implementation: 'pypy', version: '3.11', environment: { PYTHONOPTIMIZE: '\u0663' } },
    'how PyPy reads characters outside ASCII is not specified',
  ],
  [
    { implementation: 'pypy', version: '3.11', environment: { PYTHONOPTIMIZE: '9223372036854775808' } },
    'PyPy accepts no level of 2**63 or more',
  ],
] as const)('refuses %j', (start, message) => {
  expect(() => stateOf(start)).toThrow(RangeError);
  expect(() => stateOf(start)).toThrow(message);
});
