/*
 * Words that programs treat specially: names of folders and files that installers, build systems and packagers know,
 * and texts with a meaning in a shell, a template, a URL or on another system.
 */
import * as fc from './arbitraries.ts';
import { parseValues } from '../../src/python/source.ts';
import { str, Str } from '../../src/python/text.ts';

/** Words without a dot. */
export const words = [
  ...(parseValues(`
  'site-packages', 'dist-packages', '__pycache__', '__pypackages__', '__init__', '__main__', 'lib', 'lib64', 'src',
  'build', 'dist', 'bin', 'tests', 'venv', 'node_modules', 'EGG-INFO', 'con', 'NUL', 'aux', 'PROGRA~1', 'Thumbs',
  'PY', 'Py', 'README', '007', '1e5', '-1', 'True', 'None', 'null', 'inf', 'a~', '#a#', '-a', '--', '@a', '+a', '_a',
  'a$py', 'a-pytest-9', 'cpython-313', 'opt-1', 'a-b-c', 'a b', ' a', 'a ', '~', '~root', '$HOME', '\${a}', '$(a)',
  '%TEMP%', '%s', '%(a)s', '{}', '{0}', '{a}', '<a>', '[a]', 'a*', 'a?b', 'a#b', 'a;b', 'a&b', 'a|b', 'a,b', 'a=b',
  '%2e', '%20', '&amp;', 'a"b', "a'b", 'a!b', '^a', '(a)'`) as readonly Str[]),
  ...[
    'a\r\nb',
    'a\nb',
    'a\rb',
    'a\tb',
    'a\u000bb',
    '\u001b[0m',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u200b',
    '\ufeff',
  ].map(str),
];

/** Words with dots: archives, packages, and names of bytecode files. */
export const dottedWords = parseValues(`
  'a.egg', 'a.egg-info', 'a.dist-info', 'a.data', 'a.whl', 'a.zip', 'a.pyz', 'a.tar.gz', 'a.app', 'a.so', 'python3.13',
  'python313.zip', '.git', '.venv', '.tox', '.eggs', '.cache', '.a.b', 'a.b.c', '1.0', 'v1.2.3', 'a.py', 'a.PY', 'a.Py',
  'a.pyc', 'a.pyo', 'a.pyw', 'a.pyi', 'a.pyx', 'a.opt-1', 'a.opt-2', 'a.opt-', 'a.cpython-313', 'a.cpython-32.opt-1',
  'a.cpython-313.pyc', 'a.pypy311', 'a.py.bak', 'a.b-c.d', '..a', '...'`) as readonly Str[];

/**
 * Plausible tags: of other implementations, with more hyphens, with capitals, or with other characters that a tag may
 * contain.
 */
export const tagWords = parseValues(`
  'cpython-32', 'pypy39', 'pypy311', 'graalpy242-312', 'rustpython-01', 'Jython_27', 'ironpython-34', 'brython', 'x',
  'X', 'cpython-313t', 'cpython-313-x86_64-linux-gnu', 'cp313-cp313-linux', 'cpython-3.13', 'cpython-313.opt-1',
  'a-b-c', '-', 'opt-1', 'pyc', '313'`) as readonly Str[];

/**
 * Texts that change when converted through UTF-8 or UTF-16, used in a template, a shell or a URL, stripped, or
 * normalized.
 */
export const deceptiveTexts = [
  [0x61, 0x0a],
  [0x20, 0x61, 0x20],
  [0x41, 0x2d, 0x31],
  [0x7e],
  [0x24, 0x48, 0x4f, 0x4d, 0x45],
  [0xd801, 0xdc00],
  [0xdc00, 0xd801],
  [0xdce9],
  [0xd800],
  [0x65, 0x301],
  [0x212b],
  [0x25, 0x73],
  [0x25, 0x34, 0x31],
  [0x61, 0xff0e, 0x62],
  [0x61, 0xff0f, 0x62],
  [0x5c, 0x6e],
  [0x7b, 0x7d],
  [0],
].map((points) => Str.fromCodePoints(points));
export const deceptive = fc.constantFrom(...deceptiveTexts);
