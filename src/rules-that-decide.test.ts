/* Tests which rules decide a call, and that others decide a call that is almost the same. */
import { describe, expect, test } from 'vitest';
import type { FunctionName } from './python/call.ts';
import { plainState } from './python/interpreter.ts';
import type { Version } from './python/releases.ts';
import { parseCall } from './python/source.ts';
import { readChapters } from './conformance/chapters.ts';
import { rulesThatDecide } from './conformance/deciding.ts';

const usual: Version = [3, 13, 0];

/** The rules that decide a call, given the text between its parentheses and after a `#`. */
function rulesFor(written: string, name: FunctionName): readonly string[] {
  const [given, comment] = written.split('  # ');
  const { state, target, ...asked } = parseCall(
    `${name}(${given})${comment === undefined ? '' : ` # ${comment}`}`,
  );
  const { version = usual, platform = 'posix' } = target;
  const call = { ...asked, state: { ...plainState(version, platform), ...state } };
  return rulesThatDecide(call, { version, platform });
}

const a255 = `'${'a'.repeat(255)}'`;

/** A row about optimizations, each put into a call. */
function given(rule: string, decided: readonly string[], others: readonly string[]): Row {
  const inCall = (optimizations: readonly string[]): string[] =>
    optimizations.map((optimization) => `'b', optimization=${optimization}`);
  return [rule, inCall(decided), inCall(others)];
}

type Row = readonly [rule: string, decided: readonly string[], others: readonly string[]];

/** Rows for calls of one interpreter. */
function by(comment: string, rows: readonly Row[]): Row[] {
  const with_ = (calls: readonly string[]): string[] => calls.map((call) => `${call}  # ${comment}`);
  return rows.map(([rule, decided, others]) => [rule, with_(decided), with_(others)]);
}

const rows: readonly Row[] = [
  // 1 How the function is called
  [
    'call-path-is-required',
    ['', "  # python='3.4.0'", "optimization=1  # python='3.15.0'"],
    ["'b', path='b'", "'b', level=1", "None, None, ''"],
  ],
  [
    'call-optimization-is-unknown',
    ["'b', optimization=1  # python='3.4.0'", "'b', None, 1  # python='3.4.0'"],
    [
      "  # python='3.4.0'",
      "'b', level=1  # python='3.4.0'",
      "'b', path='b'  # python='3.4.0'",
      "'b', None, 1  # python='3.5.0'",
    ],
  ],
  ['call-optimization-is-keyword-only', ["'b', None, 1", "'b', 1  # python='3.15.0'"], ["'b', level=1"]],
  [
    'call-debug-override-is-gone',
    ["'b', debug_override=None  # python='3.15.0'", "'b', None  # python='3.15.0'"],
    ["'b', level=None  # python='3.15.0'", "  # python='3.15.0'", "'b', None, 1"],
  ],
  ['call-path-by-keyword', ["path='b'", "path='b', optimization=1"], ["'b'", "'b', optimization=1"]],
  [
    'call-debug-override-by-position',
    ["'b', None", "'b', True"],
    ["'b'", "'b', debug_override=None", "path='b', debug_override=True"],
  ],
  [
    'call-none-is-not-given',
    ["'b', None", "'b', optimization=None", "'b', True, optimization=None", 'None, optimization=None'],
    ["'b'", 'None', 'None, True', "'b', optimization='None'"],
  ],
  [
    'call-unknown-keyword-raises',
    ["'b', level=1", "'b', Optimization=1", "'b', level=1  # python='3.4.0'"],
    ["'b', optimization=1", "'b', optimization=1  # python='3.4.0'", "'b', path='b'"],
  ],
  [
    'call-argument-given-twice-raises',
    ["'b', path='b'", "'b', True, debug_override=True"],
    ["path='b'", "'b', debug_override=True", "'b', level=1"],
  ],
  ['call-source-need-not-exist', ["'b'", "'/usr/bin'"], ['None', "'b'  # cache_tag=None"]],
  ['call-same-result-each-time', ["'b'"], ["'b', level=1"]],
  ['call-returns-str', ["'b'", "PathLike(Object(is_='b'))"], ['1', "b'b'"]],
  // 2 The path
  ['path-of-any-length', [`${a255} + 'a'`, `'a/' * 200`, a255, "'a' * 241"], ["'a' * 240", "''"]],
  [
    'path-backslash-and-colon-are-characters',
    [String.raw`'a\\b'`, "'C:'"],
    ["'a/b'", "'a:b'  # platform='win32'"],
  ],
  ['path-last-dot-ends-the-name', ["'b.py'", "'..'", "'a.'"], ["'.'", "'.py'", "'b'", "'a.d/b'"]],
  ['path-dots-are-a-name', ["'.'", "'..'", "'a/..'"], ["'...'", "'b..'", "'./b'"]],
  [
    'path-cache-folder-beside-source',
    ["'a/b'", "'./b'", "'//a/b'", "'a\\\\b'  # platform='win32'"],
    ["'b'", "'/b'", "'//b'", "'a/b'  # pycache_prefix='/p'", "'C:\\\\b'  # platform='win32'"],
  ],
  [
    'path-without-directory',
    ["'b'", "''", "'a\\\\b'", "'b'  # platform='win32'"],
    ["'a/b'", "'/b'", "'b'  # pycache_prefix='/p'", "'C:b'  # platform='win32'"],
  ],
  [
    'path-splits-at-last-separator',
    ["'a/b'", "'/b'", "'a/'"],
    ["'b'", "'a\\\\b'", "'a/b'  # cache_tag=None"],
  ],
  [
    'path-ends-in-pyc',
    ["'b'", "'b', False", "'b'  # optimize=2"],
    ["'b'  # python='3.4.0'", "'b', optimization='_'"],
  ],
  [
    'path-first-dot-ends-the-name',
    ["'a.b.c'  # python='3.4.2'", "'.b'  # python='3.4.2'"],
    ["'b'  # python='3.4.2'", "'a.b/c'  # python='3.4.2'", "'a.b.c'  # python='3.4.3'"],
  ],
  [
    'path-dots-in-directories-do-not-count',
    ["'a.b/c'", "'.a/c'", "'./c'", "'a.b/c'  # python='3.4.0'"],
    ["'a/b.c'", "'../c'", "'a/b'", "'a.b/c'  # pycache_prefix='/p'"],
  ],
  ['path-extension-is-not-read', ["'b.PY'", "'b.'", "'b.so'"], ["'b.py'", "'b'", "'.so'"]],
  [
    'path-name-without-dot-is-glued-to-tag',
    ["'b'", "'a.d/b'", "'/b'  # pycache_prefix='/p'", "''", "'a/'"],
    ["'b.'", "'.b'"],
  ],
  [
    'path-leading-dot-is-dropped',
    ["'.b'", "'a/.b'"],
    ["'b.'", "'.'", "'.a.b'", "'.a/b'", "'.b'  # python='3.4.2'"],
  ],
  ['path-empty-gives-the-tag-alone', ["''", "PathLike('')"], ["'/'", "'.'", "'b'", "''  # cache_tag=None"]],
  ['path-trailing-slash-leaves-an-empty-name', ["'a/'", "'/'", "'a/b/'"], ["''", "'a/b'", "'a\\\\'"]],
  [
    'path-root-is-lost',
    ["'/b'", "'/'"],
    ["'b'", "'//b'", "'/a/b'", "'/b'  # pycache_prefix='/p'", "'/b'  # platform='win32'"],
  ],
  ['path-root-of-slashes-is-one', ["'//b'", "'///b'"], ["'/b'", "'/a/b'", "'a//b'"]],
  ['path-slashes-before-name-collapse', ["'a//b'", "'/a//b'"], ["'a/b'", "'//b'", "'//a/b'"]],
  [
    'path-directory-is-not-normalized',
    ["'./b'", "'a/../b'", "'a//c/b'"],
    ["'a/b'", "'a//b'", "'a../b'", "'./b'  # pycache_prefix='/p'"],
  ],
  [
    'path-characters-pass-unchanged',
    ["'B'", "'a b'", "'a\\n/b'", "'1/b'", "'src/b'", "'__init__'"],
    ["'b'", "'a/b.PY'", "'/a.b/c'", "'aaa'", "'__pycache__/b'"],
  ],
  // 3 The cache tag
  [
    'tag-is-not-checked',
    ["'b'  # cache_tag='a/b'", "'b'  # cache_tag='.'", "'b'  # cache_tag='a '", "'b'  # cache_tag='A_1'"],
    ["'b'  # cache_tag='cpython-313'", "'b'  # cache_tag='pypy310'", "'b'  # cache_tag=''"],
  ],
  ['tag-may-be-empty', ["'b'  # cache_tag=''"], ["'b'", "'b'  # cache_tag=' '"]],
  ['tag-follows-the-name', ["'b.'", "'.b'", "'b.py'  # cache_tag=''"], ["'b'", "'a.d/b'", "''"]],
  [
    'tag-none-raises',
    ["'b'  # cache_tag=None", "'b', optimization='_'  # cache_tag=None"],
    ["'b'  # cache_tag='None'", 'None  # cache_tag=None', "'b', True, ''  # cache_tag=None"],
  ],
  [
    'tag-read-at-each-call',
    ["'b'  # cache_tag='a'", "'b'  # cache_tag=''", "'b'  # python='3.12.0', cache_tag='cpython-313'"],
    ["'b'", "'b'  # cache_tag='cpython-313'", "'b'  # cache_tag=None"],
  ],
  // 4 The optimization
  [
    'opt-integer-by-its-digits',
    ["'b', optimization=0", "'b', optimization=10"],
    ["'b', optimization=-1", "'b', optimization=True", "'b', optimization=1.0", "'b', optimization='1'"],
  ],
  [
    'opt-negative-raises',
    ["'b', optimization=-1"],
    ["'b', optimization=0", "'b', optimization=-1.0", "'b', optimization='-1'"],
  ],
  [
    'opt-zero-adds-a-segment',
    ["'b', optimization=0", "'b', optimization='0'"],
    ["'b', optimization=1", "'b', optimization=False", "'b'  # optimize=0"],
  ],
  [
    'opt-combining-marks-raise',
    [String.raw`'b', optimization='e\u0301'`, String.raw`'b', optimization='\u0301'`],
    ["'b', optimization='-'", String.raw`'b', optimization='\xe9'`],
  ],
  [
    'opt-every-character-counts',
    ["'b', optimization='a-'", "'b', optimization='-a'"],
    ["'b', optimization='-'", "'b', optimization='ab'"],
  ],
  [
    'opt-text-is-kept',
    ["'b', optimization='007'", "'b', optimization='A'", String.raw`'b', optimization='\xe9'`],
    ["'b', optimization='0'", "'b', optimization='101'", "'b', optimization='a00'"],
  ],
  [
    'opt-empty-adds-no-segment',
    ["'b', optimization=''", "'b', optimization=Object(str='')"],
    ["'b'", "'b', optimization=' '", "'b', optimization=False", "'b', True"],
  ],
  [
    'opt-none-reads-interpreter-level',
    ["'b'  # optimize=1", "'b', None, optimization=None  # optimize=2"],
    [
      "'b'",
      "'b', optimization=1  # optimize=1",
      "'b', False  # optimize=1",
      "'b'  # optimize=1, python='3.4.0'",
    ],
  ],
  [
    'opt-interpreter-level-zero-adds-no-segment',
    ["'b'", "'b', optimization=None"],
    ["'b'  # optimize=1", "'b', optimization=''", "'b', True", "'b'  # python='3.4.0'"],
  ],
  [
    'opt-text-becomes-segment',
    ["'b', optimization='a'", "'b', optimization=1", "'b'  # optimize=1", "'b', False"],
    ["'b'", "'b', optimization=''", "'b', optimization='_'", "'b', True"],
  ],
  [
    'opt-given-ignores-interpreter-level',
    ["'b', optimization=''  # optimize=1", "'b', optimization=2  # optimize=1", "'b', optimization=1"],
    ["'b'  # optimize=1", "'b', None", "'b', False  # optimize=1", "'b', level=1  # optimize=1"],
  ],
  [
    'opt-bool-by-name',
    ["'b', optimization=True", "'b', optimization=False"],
    ["'b', optimization=1", "'b', optimization='True'", "'b', True"],
  ],
  [
    'opt-integer-past-the-digit-limit-raises',
    ["'b', optimization=10**4300", "'b', optimization=-10**4300  # python='3.7.14'"],
    [
      "'b', optimization=10**4299",
      "'b', optimization=10**4300  # python='3.7.13'",
      "'b', optimization='1' * 4301",
    ],
  ],
  [
    'opt-float-by-its-repr',
    ["'b', optimization=1.0", "'b', optimization=float('inf')"],
    ["'b', optimization=1", "'b', optimization='1.0'", "'b', optimization='inf'"],
  ],
  [
    'opt-other-than-alphanumeric-raises',
    ["'b', optimization='_'", "'b', optimization=-1", "'b', optimization=[]"],
    ["'b', optimization=''", "'b', optimization='a'", "'b', optimization=10**4300"],
  ],
  given(
    'opt-alphanumeric-is-unicode',
    [String.raw`'\xe9'`, String.raw`'a\u0661'`, String.raw`'\xb2'`],
    ["'a'", String.raw`'\xd7'`, String.raw`'e\u0301'`],
  ),
  given(
    'opt-alphanumeric-by-release',
    // A letter of Unicode 16, and one of 6.3.
    [String.raw`'\u1c8a'`, String.raw`'\u1c8a'  # python='3.14.0'`],
    [String.raw`'\xe9'`, "'_'", String.raw`'\u0301'`],
  ),
  given(
    'opt-punctuated-texts-raise',
    ["b'a'", "['a']", '()', 'Object()', "PathLike('a')"],
    ["'a.b'", "Object(str='_')", '1.0', '-1'],
  ),
  given(
    'opt-str-method-decides',
    ["Object(str='a')", "Object(str='_')", 'Object(str=1)', "Object(is_='a')", "Object(is_='a', str='b')"],
    ["'a'", 'Object()', "Object(str=Sequence('a', 'b'))"],
  ),
  given(
    'opt-str-asked-once',
    ["Object(str=Sequence('a', 'b'))", "Object(str=Sequence('', 'b'))"],
    // A second call of the method would not show.
    ["Object(str='a')", "'a'", "Object(str='_')"],
  ),
  given(
    'opt-returned-subclass-is-asked-again',
    ["Object(str=Object(is_='a', str='b'))", "Object(str=Object(is_='a'))"],
    ["Object(str='a')", "Object(is_='a', str='b')", 'Object(str=Object(is_=1))'],
  ),
  given(
    'opt-str-error-passes-through',
    ["Object(str=Raises('OSError'))", "Object(is_='a', str=Raises('OSError'))"],
    ['Object(str=1)', "Object(bool=Raises('OSError'))", "Object(str='_')"],
  ),
  given('opt-str-must-give-str', ['Object(str=1)', "Object(str=b'a')"], ["Object(str='_')", 'Object()', '1']),
  given(
    'opt-compared-with-none-by-identity',
    ["Object(str='a', eq=True)", "Object(str='a', eq=False)", "Object(str='a', bool=False)"],
    ["'a'", "Object(str='a')", "''"],
  ),
  given('opt-error-shows-repr', ["'_'", '-1', String.raw`'\n'`], ["'a'", 'Object(str=1)', '10**4300']),
  // 5 The debug override
  [
    'debug-empty-optimization-counts-as-given',
    ["'b', True, optimization=''", "'b', True, optimization=0"],
    ["'b', True, optimization=1", "'b', True, optimization=Object(str='')", "'b', True"],
  ],
  [
    'debug-judged-by-truth',
    ["'b', 1", "'b', ''", "'b', Object()", "'b', 1  # python='3.4.0'"],
    ["'b', True", "'b', False", "'b', None"],
  ],
  [
    'debug-compared-with-none-by-identity',
    ["'b', Object(eq=True)", "'b', Object(eq=False)"],
    ["'b', True", "'b', Object()", "'b', Object(bool=True)"],
  ],
  [
    'debug-truth-asked-once',
    ["'b', Object(bool=Sequence(True, False))", "'b', Object(bool=Sequence(True, False))  # python='3.4.0'"],
    // A second call of the method would not show.
    ["'b', True", "'b', Object(bool=True)", "'b', Object(bool=Sequence(True, False)), optimization=1"],
  ],
  [
    'debug-decides-the-extension',
    ["'b'  # python='3.4.0'", "'b', False  # python='3.4.0'", "'b'  # python='3.4.0', optimize=1"],
    ["'b', False  # python='3.5.0'", "'b'  # python='3.4.0', cache_tag=None"],
  ],
  [
    'debug-override-warns',
    ["'b', True", "'b', False, optimization=1", "None, ''"],
    ["'b', None", "'b'", "'b', True, 1", "'b', True  # python='3.4.0'"],
  ],
  [
    'debug-none-is-silent',
    ["'b'", "'b', None", 'None'],
    ["'b', False", "'b', level=1", "'b'  # python='3.15.0'"],
  ],
  [
    'debug-true-is-empty-optimization',
    ["'b', True"],
    ["'b', False", "'b', 1", "'b', None", "'b', optimization=''"],
  ],
  ['debug-false-is-level-one', ["'b', False"], ["'b', True", "'b', 0", "'b', None", "'b', optimization=1"]],
  [
    'debug-both-given-raises',
    ["'b', True, optimization=1", "'b', 0, optimization=''"],
    [
      "'b', True, optimization=None",
      "'b', None, optimization=1",
      "'b', True, optimization=1  # python='3.4.0'",
    ],
  ],
  [
    'debug-ignores-interpreter-level',
    ["'b', True  # optimize=1", "'b', False  # optimize=2, python='3.4.0'"],
    ["'b', True", "'b'  # optimize=1", "'b', optimization=1  # optimize=1"],
  ],
  [
    'debug-truth-must-be-bool',
    ["'b', Object(bool=1)", "'b', Object(bool=None)  # python='3.4.0'"],
    [
      "'b', Object(bool=True)",
      "'b', 1",
      "'b', Object(bool=1), optimization=1",
      "'b', Object(bool=Raises('OSError'))",
    ],
  ],
  [
    'debug-truth-error-passes-through',
    ["'b', Object(bool=Raises('OSError'))"],
    [
      "'b', Object(bool=1)",
      "'b', Object(bool=Raises('OSError')), optimization=1",
      "'b', Object(str=Raises('OSError'))",
    ],
  ],
  // 6 Path-like objects
  [
    'like-fspath-asked-once',
    ["PathLike(Sequence('b', 'c'))", "PathLike(Sequence('b', 1))"],
    ["PathLike('b')", 'PathLike(1)', "'b'", "Object(is_='b')"],
  ],
  ['like-bytes-raise', ["b''", "b''  # python='3.4.0'", "PathLike(b'')"], ["''", '1', 'PathLike(1)']],
  ['like-only-text-before-path-like', ["1  # python='3.5.0'"], ["b''  # python='3.5.0'", '1']],
  ['like-str-subclass-is-accepted', ["Object(is_='b')"], ["'b'", "PathLike('b')", 'Object(is_=1)']],
  ['like-str-method-makes-no-path', ["Object(str='b')"], ['Object()', '1', 'Object(bool=True)']],
  [
    'like-fspath-gives-the-path',
    ["PathLike('b')", "PathLike(Object(is_='b'))"],
    ["'b'", "Object(is_='b')", 'PathLike(1)', "PathLike('b')  # python='3.5.0'"],
  ],
  [
    'like-fspath-error-passes-through',
    ["PathLike(Raises('OSError'))", "PathLike(Sequence(Raises('OSError'), 'b'))"],
    [
      'PathLike(1)',
      "PathLike(Raises('OSError'))  # python='3.5.0'",
      "PathLike(Sequence('b', Raises('OSError')))",
    ],
  ],
  [
    'like-fspath-must-give-str',
    ['PathLike(1)', "PathLike(PathLike('b'))", 'PathLike(None)'],
    ["PathLike(b'b')", "PathLike(Object(is_='b'))", "PathLike(Raises('OSError'))", '1'],
  ],
  [
    'like-other-types-raise',
    ['None', '1', "['b']", 'Object()', 'Object(is_=1)'],
    ["b'b'", "Object(is_='b')", 'PathLike(1)', "1  # python='3.5.0'"],
  ],
  // 7 The order of errors and warnings
  [
    'order-call-before-warning',
    ['debug_override=True', "'b', True, 1", "'b', False, level=1"],
    ['', "'b', None, 1", "debug_override=True  # python='3.4.0'", "'b', True"],
  ],
  [
    'order-path-before-tag',
    [
      'None  # cache_tag=None',
      "1  # cache_tag=None, python='3.4.0'",
      "PathLike(Raises('OSError'))  # cache_tag=None",
      "b'', optimization='_'",
      "None, optimization='_'  # python='3.5.0'",
    ],
    ['None', "b''", "'b'  # cache_tag=None", "PathLike('b')  # cache_tag=None", "'b', optimization='_'"],
  ],
  [
    'order-tag-before-optimization',
    ["'b', optimization='_'  # cache_tag=None", "'b', optimization='_'  # cache_tag=None, python='3.5.0'"],
    ["'b'  # cache_tag=None", "'b', optimization='_'", "None, optimization='_'  # cache_tag=None"],
  ],
  [
    'order-warning-before-error',
    ['None, True', "'b', True, optimization=1", "'b', True  # cache_tag=None", "'b', Object(bool=1)"],
    ['None', "'b', True", "'b', True, 1", "None, True  # python='3.15.0'"],
  ],
  [
    'order-both-given-before-truth',
    [
      "'b', Object(bool=1), optimization=1",
      "'b', True, optimization=Object(str=1)",
      'None, True, optimization=1',
      "'b', True, optimization=1  # cache_tag=None",
    ],
    ["'b', True, optimization=1", "'b', Object(bool=1)", 'None, optimization=1'],
  ],
  [
    'order-truth-before-path',
    [
      'None, Object(bool=1)',
      "'b', Object(bool=1)  # cache_tag=None",
      "None, Object(bool=1)  # python='3.4.0'",
    ],
    ["'b', Object(bool=1)", 'None, True', 'None, Object(bool=1), optimization=1'],
  ],
  // 8 The pycache prefix
  [
    'prefix-relative-stays-relative',
    [
      "'/a/b'  # pycache_prefix='p'",
      "'/a/b'  # pycache_prefix='C:'",
      String.raw`'/a/b'  # pycache_prefix='\\p'`,
      "'C:/a/b'  # pycache_prefix='p', platform='win32'",
    ],
    [
      "'/a/b'  # pycache_prefix='/p'",
      "'/a/b'  # pycache_prefix=''",
      "'C:/a/b'  # pycache_prefix='C:', platform='win32'",
      String.raw`'C:/a/b'  # pycache_prefix='\\p', platform='win32'`,
    ],
  ],
  [
    'prefix-file-name-is-the-same',
    [
      "'/a/C:b'  # pycache_prefix='/p'",
      "'b'  # pycache_prefix='C:/p', platform='win32'",
      "'ab:c'  # pycache_prefix='C:/p', platform='win32'",
    ],
    ["'b'", "'C:b'  # pycache_prefix='C:/p', platform='win32'"],
  ],
  [
    'prefix-is-not-normalized',
    [
      "'/a/b'  # pycache_prefix='/p//q'",
      "'/a/b'  # pycache_prefix='/p/./q'",
      "'/a/b'  # pycache_prefix='..'",
      "'/a/b'  # pycache_prefix='//p'",
      String.raw`'C:/a/b'  # pycache_prefix='p\\\\q', platform='win32'`,
    ],
    [
      "'/a/b'  # pycache_prefix='/p/'",
      "'/a/b'  # pycache_prefix='/'",
      "'/a/b'  # pycache_prefix='/p.q/...'",
      String.raw`'/a/b'  # pycache_prefix='/p\\\\q'`,
    ],
  ],
  [
    'prefix-is-ignored-before',
    ["'b'  # pycache_prefix='/p', python='3.7.0'", "'/a/b'  # pycache_prefix='', python='3.4.0'"],
    ["'b'  # python='3.7.0'", "'b'  # pycache_prefix='/p', python='3.8.0'"],
  ],
  [
    'prefix-none-changes-nothing',
    ["'b'", "'b'  # cwd=None", "'/a/b'"],
    ["'b'  # pycache_prefix=''", "'b'  # python='3.7.0'", "'b'  # cache_tag=None"],
  ],
  [
    'prefix-replaces-the-cache-folder',
    ["'b'  # pycache_prefix='/p'", "'/a/b'  # pycache_prefix=''"],
    ["'b'", "'b'  # pycache_prefix='/p', cwd=None", "'b'  # pycache_prefix='/p', python='3.7.0'"],
  ],
  [
    'prefix-is-read-at-each-call',
    ["'/a/b'  # pycache_prefix='/p'"],
    ["'/a/b'", "'/a/b'  # pycache_prefix='/p', cache_tag=None"],
  ],
  [
    'prefix-is-read-last',
    [
      "None  # pycache_prefix='/p', cwd=None",
      "'b', optimization='_'  # pycache_prefix='/p', cwd=None",
      "'b'  # pycache_prefix='/p', cwd=None, cache_tag=None",
      "'b', True, optimization=1  # pycache_prefix='/p', cwd=None",
    ],
    [
      "'b'  # pycache_prefix='/p', cwd=None",
      "'b', optimization='_'  # cwd=None",
      "'b'  # pycache_prefix='/p'",
    ],
  ],
  [
    'prefix-empty-is-relative',
    ["'b'  # pycache_prefix=''", "'/a/b'  # pycache_prefix=''"],
    ["'b'  # pycache_prefix='.'", "'b'", "'b'  # pycache_prefix='', python='3.7.0'"],
  ],
  [
    'prefix-separators-at-its-end-are-dropped',
    ["'/a/b'  # pycache_prefix='/p/'", "'/a/b'  # pycache_prefix='/'"],
    ["'/a/b'  # pycache_prefix='/p'", String.raw`'/a/b'  # pycache_prefix='/p\\'`],
  ],
  [
    'prefix-absolute-source-needs-no-working-directory',
    ["'/a/b'  # pycache_prefix='/p'", "'/a/b'  # pycache_prefix='/p', cwd=None"],
    ["'a/b'  # pycache_prefix='/p'", "'/b'  # pycache_prefix='/p'", "'/a/b'  # cwd=None"],
  ],
  [
    'prefix-separators-at-the-start-are-dropped',
    ["'//a/b'  # pycache_prefix='/p'", "'///b'  # pycache_prefix='/p'"],
    ["'/a/b'  # pycache_prefix='/p'", "'/a//b'  # pycache_prefix='/p'", "'//a/b'"],
  ],
  [
    'prefix-separators-before-name-collapse',
    ["'/a//b'  # pycache_prefix='/p'", "'a//b'  # pycache_prefix='/p'"],
    [
      "'/a/b'  # pycache_prefix='/p'",
      "'//a/b'  # pycache_prefix='/p'",
      "'///b'  # pycache_prefix='/p'",
      "'/a//b'",
    ],
  ],
  [
    'prefix-directory-is-not-normalized',
    [
      "'/a/../b'  # pycache_prefix='/p'",
      "'/a//c/b'  # pycache_prefix='/p'",
      "'b'  # pycache_prefix='/p', cwd='/a/.'",
    ],
    ["'/a/b'  # pycache_prefix='/p/..'", "'/a//b'  # pycache_prefix='/p'", "'/a/../b'"],
  ],
  [
    'prefix-working-directory-completes',
    ["'b'  # pycache_prefix='/p'", "'a/b'  # pycache_prefix='/p'", "'/b'  # pycache_prefix='/p'"],
    ["'/a/b'  # pycache_prefix='/p'", "'b'", "'b'  # pycache_prefix='/p', cwd=None"],
  ],
  [
    'prefix-root-file-counts-as-relative',
    ["'/b'  # pycache_prefix='/p'", "'/b'  # pycache_prefix='/p', cwd=None"],
    ["'b'  # pycache_prefix='/p'", "'//b'  # pycache_prefix='/p'", "'/b'"],
  ],
  [
    'prefix-working-directory-error-passes-through',
    ["'b'  # pycache_prefix='/p', cwd=None", "'/b'  # pycache_prefix='/p', cwd=None"],
    ["'/a/b'  # pycache_prefix='/p', cwd=None", "'b'  # cwd=None", "None  # pycache_prefix='/p', cwd=None"],
  ],
  [
    'prefix-leading-dot-stays',
    ["'./a/b'  # pycache_prefix='/p', python='3.11.0'", "'././b'  # pycache_prefix='/p', python='3.11.0'"],
    [
      "'./b'  # pycache_prefix='/p', python='3.11.0'",
      "'.a/b'  # pycache_prefix='/p', python='3.11.0'",
      "'./a/b'  # python='3.11.0'",
      "'./a/b'  # pycache_prefix='/p'",
    ],
  ],
  [
    'prefix-leading-dot-is-dropped-once',
    ["'./a/b'  # pycache_prefix='/p'", "'././b'  # pycache_prefix='/p'"],
    [
      "'./b'  # pycache_prefix='/p'",
      "'/./a/b'  # pycache_prefix='/p'",
      "'./a/b'",
      "'./a/b'  # pycache_prefix='/p', python='3.11.0'",
    ],
  ],
  [
    'prefix-short-directory-raises',
    ["'//b'  # pycache_prefix='/p', python='3.13.7'", "'b'  # pycache_prefix='/p', python='3.13.7', cwd='/'"],
    [
      "'/a/b'  # pycache_prefix='/p', python='3.13.7'",
      "'//b'  # python='3.13.7'",
      "'//b'  # pycache_prefix='/p', python='3.13.8'",
    ],
  ],
  [
    'prefix-short-directory-is-the-prefix',
    ["'//b'  # pycache_prefix='/p', python='3.13.8'", "'b'  # pycache_prefix='/p', python='3.14.1', cwd='/'"],
    [
      "'///b'  # pycache_prefix='/p', python='3.13.8'",
      "'//b'  # python='3.13.8'",
      "'//b'  # pycache_prefix='/p', python='3.14.0'",
    ],
  ],
  [
    'prefix-drive-counts-as-absolute',
    ["'C:/a/b'  # pycache_prefix='/p', python='3.8.0'", "'é:/b/c'  # pycache_prefix='/p', python='3.8.0'"],
    [
      "'C:a/b'  # pycache_prefix='/p', python='3.8.0'",
      "'C:/b'  # pycache_prefix='/p', python='3.8.0'",
      "'CC:/a/b'  # pycache_prefix='/p', python='3.8.0'",
      "'C:/a/b'  # pycache_prefix='/p'",
    ],
  ],
  // 9 Windows
  ...by("platform='win32'", [
    ['windows-both-separators', ["'a/b'", String.raw`'a\\b'`, "'/b'"], ["'b'", "'C:b'"]],
    ['windows-root-is-lost', [String.raw`'\\b'`, "'/b'"], ["'C:/b'", "'b'", String.raw`'\\\\b'`, "'/a/b'"]],
    [
      'windows-root-of-separators-is-one',
      [String.raw`'\\\\b'`, String.raw`'/\\b'`, "'///b'"],
      ["'/b'", "'//a/b'", "'C://b'"],
    ],
    [
      'windows-shares-are-kept',
      [String.raw`'\\\\s\\t\\b'`, "'//s/t/a/b'", String.raw`'\\\\?\\C:\\b'`],
      ["'/s/t/b'", "'//b'", "'C:/s/t/b'"],
    ],
    [
      'windows-drive-root-is-lost',
      ["'C:/b'", String.raw`'c:\\b'`],
      ["'C:/a/b'", "'C:a/b'", "'1:/b'", "'C:b'"],
    ],
    [
      'windows-drive-name-drops-the-cache-folder',
      ["'C:b'", "'a/C:b'", "'D:/a/C:b'"],
      ["'C:/b'", "'C:/a/C:b'", "'1:b'", "'ab:c'"],
    ],
    ['windows-drive-is-a-letter', ["'1:b'", "'é:/b'", "'ab:/c'"], ["'C:b'", "'b'", "'a/b:c/d'"]],
    [
      'windows-joins-with-backslash',
      [String.raw`'C:\\a\\C:b'`, "'b'", "'a/b'"],
      ["'C:b'", String.raw`'a\x00'`, String.raw`'a\x00/b'`],
    ],
    ['windows-drive-named-again-is-dropped', [String.raw`'C:\\a\\c:b'`], [String.raw`'C:\\a\\D:b'`, "'C:b'"]],
  ]),
  ...by("platform='win32', pycache_prefix='C:'", [
    ['windows-drive-as-prefix-stays-relative', ["'D:/a/b'", "'C:/a/b'"], []],
  ]),
  ...by("platform='win32', pycache_prefix='C:/'", [
    ['windows-drive-as-prefix-stays-relative', [], ["'D:/a/b'"]],
  ]),
  ...by("platform='win32', python='3.7.0'", [
    [
      'windows-characters-pass-unchanged',
      [String.raw`'a\x00/b'`, String.raw`'\ud801\udc00/b'`, "'a' * 32768 + '/b'"],
      ["'a/b'", String.raw`'b.\x00'`, "'é/b'"],
    ],
    ['windows-drive-is-part-of-the-name', ["'C:b'", "'a/C:b'"], ["'ab:c'", "'C:/b'", "'1:b'"]],
    ['windows-drive-root-is-kept', ["'C:/b'"], ["'ab:/c'", "'C:a/b'", "'C:b'"]],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p'`, [
    [
      'windows-prefix-drops-the-drive',
      ["'C:/a/b'", "'d:/a/b'", "'a/b'"],
      ["'//s/t/b'", String.raw`'C:\\D:\\a\\b'`],
    ],
    ['windows-prefix-completes-the-same-drive-only', ["'C:/b'", "'D:a/b'"], ["'C:/a/b'", "'b'", "'/b'"]],
    [
      'windows-null-character-raises',
      [String.raw`'a\x00\\b'`, String.raw`'C:\\a\x00\\b'`],
      [String.raw`'b.\x00'`],
    ],
    ['windows-long-paths-raise', ["'a' * 32768 + '/b'", "'C:/' + 'a' * 32764 + '/b'"], ["'C:/a/b'"]],
    [
      'windows-surrogates-become-one',
      // Surrogates that remain separate are covered too.
      [String.raw`'\\\ud801\udc00\\b'`, String.raw`'\ud801\udc00\\b'`, String.raw`'\ud801\udc00'`],
      [String.raw`'C:\\\udc00\ud801\\b'`, String.raw`'C:\\\U00010400\\b'`, String.raw`'C:\\\ud801\\b'`],
    ],
    [
      'windows-prefix-rooted-path-starts-at-the-drive',
      [String.raw`'\\a\\b'`, "'/a/b'"],
      [String.raw`'a\\b\\c'`, String.raw`'\\\\a\\b'`, String.raw`'\\b'`],
    ],
    [
      'windows-prefix-leading-dots-by-separator',
      [String.raw`'.\\./a/b'`, String.raw`'./.\\a/b'`],
      [String.raw`'a.\\./b/c'`, "'././a/b'"],
    ],
    [
      'windows-second-drive-drops-the-prefix',
      [String.raw`'C:\\D:\\a\\b'`],
      [String.raw`'C:\\D:\\a\\b\x00'`, String.raw`'D:\\C:a\\b'`],
    ],
    [
      'windows-drive-name-drops-the-prefix',
      ["'D:b'", String.raw`'C:\\D:a\\C:b'`],
      ["'c:b'", String.raw`'C:\\D:a\\D:b'`, String.raw`'C:\\D:\\a\\D:b'`],
    ],
    [
      'windows-separators-inside-stay',
      ["'C:/a/b/c'", "'C:/../b'"],
      ["'C:/a/b'", "'C:/a//b'", String.raw`'C:\\a\\\\b'`],
    ],
    ['windows-names-are-not-checked', ["'C:/con/b'", "'C:/a /b'"], ["'C:/a/b'"]],
    [
      'windows-prefix-shares-become-folders',
      [String.raw`'\\\\server\\share\\a\\b'`],
      [String.raw`'\\a\\b'`, "'a/b'"],
    ],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p', cwd='\\w'`, [
    ['windows-prefix-shares-become-folders', ["'//server/share/b'"], ["'b'", "'a/b'"]],
  ]),
  ...by("platform='win32', pycache_prefix='C:/p'", [
    ['windows-separator-after-root-turns', [String.raw`'C:\\a\\b'`], [String.raw`'C:\\D:\\a\\b'`]],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p/q'`, [
    ['windows-separator-after-root-turns', [], ["'C:/a/b'"]],
    ['windows-separators-after-root-become-one', [], ["'C:/a/b'"]],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='\\\\\\\\p'`, [
    ['windows-separators-after-root-become-one', ["'C:/a/b'"], []],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p', python='3.8.0'`, [
    ['windows-drive-is-part-of-the-name', ["'C:b'"], ["'b'", "'ab:c'", "'1:b'"]],
    [
      'windows-prefix-rooted-path-is-relative',
      [String.raw`'\\a\\b'`, "'//a/b'"],
      ["'a/b/c'", String.raw`'\\/a/b'`],
    ],
    ['windows-prefix-drive-without-root-becomes-a-folder', ["'C:a/b'", "'C:/b'"], ["'ab:c/d'", "'C:/a/b'"]],
    ['windows-prefix-any-character-is-a-drive', ["'1:/a/b'"], ["'a1:/b/c'", "'C:/a/b'", "'1:a/b'"]],
  ]),
  ...by("platform='win32', python='3.8.10'", [
    ['windows-drive-is-any-character', ["'1:/b'", "'1:b'"], ["'C:/b'", "'ab:/c'", "'b'"]],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p', python='3.8.10'`, [
    ['windows-prefix-any-character-is-a-drive', ["'1:/a/b'"], ["'a1:/b/c'", "'C:/a/b'", "'1:a/b'"]],
  ]),
];

/** Rows for `source_from_cache`. */
const rowsBack: readonly Row[] = [
  // 10 The way back
  ['back-takes-one-path', ['', "'a', 'b'", "'a', level=1"], ["'a'", "path='a'"]],
  ['back-path-by-keyword', ["path='a'"], ["'a'", '']],
  ['back-returns-str', ["'__pycache__/a.T.pyc'"], ["'a.T.pyc'"]],
  ['back-warns-of-nothing', ["'__pycache__/a.T.pyc'", "'a'"], ['', "'a', 'b'"]],
  ['back-same-result-each-time', ["'__pycache__/a.T.pyc'"], ["'a'"]],
  ['back-file-need-not-exist', ["'__pycache__/a.T.pyc'"], ["'a.T.pyc'"]],
  ['back-tag-none-raises', ["'a'  # cache_tag=None"], ["'a'", '  # cache_tag=None']],
  [
    'back-tag-may-be-empty',
    ["'__pycache__/a.T.pyc'  # cache_tag=''", "'a'  # cache_tag=''"],
    ["'__pycache__/a.T.pyc'", "'a'  # cache_tag=None", "  # cache_tag=''"],
  ],
  [
    'back-tag-in-name-is-not-read',
    ["'__pycache__/a.T.pyc'", "'__pycache__/a..pyc'"],
    ["'__pycache__/a.cpython-313.pyc'", "'a.T.pyc'"],
  ],
  [
    'back-only-text-before-path-like',
    ["None  # python='3.5.0'", "[]  # python='3.5.0', platform='win32'"],
    ['None', "b'a'  # python='3.5.0'", "'a'  # python='3.5.0'"],
  ],
  [
    'back-fspath-gives-the-path',
    ["PathLike('a')"],
    ["'a'", 'PathLike(1)', "PathLike('a')  # cache_tag=None"],
  ],
  ['back-fspath-asked-once', ["PathLike(Sequence('a', 'b'))"], ["PathLike('a')"]],
  ['back-fspath-error-passes-through', ["PathLike(Raises('OSError'))"], ["PathLike('a')", 'PathLike(1)']],
  [
    'back-bytes-raise',
    ["b'a'", "PathLike(b'a')", "b''  # python='3.7.0', platform='win32'"],
    ["'a'", 'None', "b'a'  # cache_tag=None"],
  ],
  ['back-other-types-raise', ['None', 'PathLike(1)', "Object(str='a')"], ["'a'", "b'a'", "Object(is_='a')"]],
  ['back-str-subclass-is-accepted', ["Object(is_='a')"], ["'a'", 'Object(is_=1)', "PathLike('a')"]],
  [
    'back-prefix-is-ignored-before',
    ["'/p/a/b.T.pyc'  # pycache_prefix='/p', python='3.7.0'"],
    ["'/q/b.T.pyc'  # pycache_prefix='/p', python='3.7.0'", "'/p/a/b.T.pyc'  # pycache_prefix='/p'"],
  ],
  [
    'back-prefix-is-dropped',
    ["'/p/a/b.T.pyc'  # pycache_prefix='/p'", "'/p/a/b'  # pycache_prefix='/p'"],
    ["'/p/b.T.pyc'  # pycache_prefix='/p'", "'/p/a/b.T.pyc'"],
  ],
  [
    'back-prefix-separators-at-end-do-not-count',
    ["'/p/a/b.T.pyc'  # pycache_prefix='/p/'"],
    ["'/p/a/b.T.pyc'  # pycache_prefix='/p'", "'/q/a/b.T.pyc'  # pycache_prefix='/p/'"],
  ],
  [
    'back-empty-prefix-is-a-prefix',
    ["'/a/b.T.pyc'  # pycache_prefix=''", "'/a/b.T.pyc'  # pycache_prefix='//'"],
    ["'a/b.T.pyc'  # pycache_prefix=''", "'/a/b.T.pyc'"],
  ],
  [
    'back-below-prefix-cache-folder-stays',
    ["'/p/__pycache__/b.T.pyc'  # pycache_prefix='/p'"],
    ["'/p/x__pycache__/b.T.pyc'  # pycache_prefix='/p'", "'/p/__pycache__/b.T.pyc'"],
  ],
  [
    'back-prefix-itself-is-not-below',
    ["'/p/b.T.pyc'  # pycache_prefix='/p'", "'/__pycache__/b.T.pyc'  # pycache_prefix='/__pycache__/'"],
    ["'/p//b.T.pyc'  # pycache_prefix='/p'", "'/q/b.T.pyc'  # pycache_prefix='/p'"],
  ],
  [
    'back-prefix-is-compared-to-the-letter',
    [
      "'/pa/b.T.pyc'  # pycache_prefix='/p'",
      "'/P/a/b.T.pyc'  # pycache_prefix='/p'",
      "'p/a/b.T.pyc'  # pycache_prefix='/w/p'",
      "'/w/p/a/b.T.pyc'  # pycache_prefix='p'",
      "'p/a/b.T.pyc'  # pycache_prefix='p'",
    ],
    [
      "'/p/a/b.T.pyc'  # pycache_prefix='/p'",
      "'/q/a/b.T.pyc'  # pycache_prefix='/p'",
      "'/p/b.T.pyc'  # pycache_prefix='/p'",
    ],
  ],
  [
    'back-elsewhere-as-without-prefix',
    ["'/q/b.T.pyc'  # pycache_prefix='/p'", "'/q/__pycache__/b.T.pyc'  # pycache_prefix='/p'"],
    ["'/p/a/b.T.pyc'  # pycache_prefix='/p'", "'/q/b.T.pyc'"],
  ],
  [
    'back-cache-folder-is-dropped',
    ["'__pycache__/a.T.pyc'"],
    ["'a/a.T.pyc'", "'/p/a/a.T.pyc'  # pycache_prefix='/p'"],
  ],
  [
    'back-other-folder-raises',
    ["'a.T.pyc'", "'a/a.T.pyc'", "'__pycache__//a.T.pyc'"],
    ["'__pycache__/a'", "b'a'"],
  ],
  [
    'back-separators-before-folder-become-one',
    ["'a//__pycache__/a.T.pyc'", "'//__pycache__/a.T.pyc'"],
    ["'a/__pycache__/a.T.pyc'", "'/__pycache__/a.T.pyc'"],
  ],
  ['back-root-is-lost', ["'/__pycache__/a.T.pyc'"], ["'//__pycache__/a.T.pyc'", "'__pycache__/a.T.pyc'"]],
  [
    'back-two-dots-before-optimization',
    ["'__pycache__/a.T.opt-1.pyc'  # python='3.4.0'", "'__pycache__/a'  # python='3.4.0'"],
    ["'__pycache__/a.T.pyc'  # python='3.4.0'", "'__pycache__/a'"],
  ],
  [
    'back-two-or-three-dots',
    ["'__pycache__/a.b'", "'__pycache__/a.b.c.d.e'", "'__pycache__/a.b.opt-1.d'", "'./__pycache__/a.b.d'"],
    ["'__pycache__/a.b.c.d'", "'a.b'", "'__pycache__/a.b.d'"],
  ],
  [
    'back-segment-begins-with-opt',
    ["'__pycache__/a.b.c.d'"],
    ["'__pycache__/a.b.opt-.d'", "'__pycache__/a.b.c'"],
  ],
  [
    'back-level-is-alphanumeric',
    ["'__pycache__/a.b.opt-_.d'"],
    ["'__pycache__/a.b.opt-.d'", "'__pycache__/a.b.opt-1.d'"],
  ],
  ['back-empty-level-raises', ["'__pycache__/a.b.opt-.d'"], ["'__pycache__/a.b.opt-_.d'"]],
  [
    'back-any-alphanumeric-level',
    ["'__pycache__/a.b.opt-x.d'", "'__pycache__/a.b.opt-12.d'"],
    ["'__pycache__/a.b.opt-2.d'", "'__pycache__/a.b.d'", "'__pycache__/a.b.opt-_.d'"],
  ],
  ['back-name-ends-at-first-dot', ["'__pycache__/a.b.d'"], ["'a.b.d'"]],
  ['back-source-ends-in-py', ["'__pycache__/a.b.d'"], ["'a.b.d'"]],
  [
    'back-extension-is-not-read',
    ["'__pycache__/a.b.d'", "'__pycache__/a.b.'"],
    ["'__pycache__/a.b.pyc'", "'a.b.d'"],
  ],
  [
    'back-characters-pass-unchanged',
    [String.raw`'a\\/__pycache__/a.T.pyc'`, "'__pycache__/A.T.pyc'", "'/p/%/a.T.pyc'  # pycache_prefix='/p'"],
    ["'a/__pycache__/a.%.pyc'", "'/P/a/a.T.pyc'  # pycache_prefix='/P'", "'%/a.T.pyc'"],
  ],
  [
    'back-first-error-is-raised',
    ["'a'  # cache_tag=None", "'a/b.c'"],
    ["'a/b.T.pyc'", "'__pycache__/a.T.pyc'  # cache_tag=None", "'__pycache__/a'"],
  ],
  [
    'back-from-there-comes-the-path',
    ["'__pycache__/a.cpython-313.pyc'"],
    ["'__pycache__/a.T.pyc'", "'__pycache__/a.cpython-313.opt-1.pyc'", "'//__pycache__/.b.c'"],
  ],
  ...by("platform='win32'", [
    [
      'back-windows-both-separators',
      ["'__pycache__/a.T.pyc'", "'a/a.T.pyc'"],
      [String.raw`'__pycache__\\a.T.pyc'`, "'a'"],
    ],
    [
      'back-windows-joined-by-roots',
      [String.raw`'C:\\__pycache__\\a.T.pyc'`, "'/a/__pycache__/a.T.pyc'"],
      [String.raw`'C:\\a\\__pycache__\\a.T.pyc'`, "'a'"],
    ],
    [
      'back-windows-null-character-raises',
      [String.raw`'__pycache__\\a\x00.T.pyc'`],
      [String.raw`'a\x00'`, String.raw`'__pycache__\\a.\x00.pyc'`],
    ],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p'`, [
    [
      'back-windows-prefix-separator-is-a-backslash',
      [String.raw`'C:\\p/a\\a.T.pyc'`],
      [String.raw`'C:\\p\\a\\a.T.pyc'`, String.raw`'C:\\q/a\\a.T.pyc'`],
    ],
  ]),
  ...by("platform='win32', python='3.8.0'", [
    [
      'back-windows-joined-plainly-before',
      [String.raw`'C:\\__pycache__\\a.T.pyc'`, String.raw`'__pycache__\\a\x00.T.pyc'`],
      [String.raw`'C:\\a\\__pycache__\\a.T.pyc'`, "'a'"],
    ],
  ]),
];

describe.each([
  ...rows.map((row) => [...row, 'cache_from_source'] as const),
  ...rowsBack.map((row) => [...row, 'source_from_cache'] as const),
])('%s', (rule, decided, others, name) => {
  test.each(decided)('decides (%s)', (given) => expect(rulesFor(given, name)).toContain(rule));
  test.each(others)('does not decide (%s)', (given) => expect(rulesFor(given, name)).not.toContain(rule));
});

test('each rule decides some calls and not others', () => {
  const rules = readChapters().flatMap((chapter) => chapter.rules.map(({ id }) => id));
  for (const side of [1, 2] as const) {
    const told = new Set([...rows, ...rowsBack].filter((row) => row[side].length > 0).map(([rule]) => rule));
    expect(rules.filter((id) => !told.has(id))).toEqual([]);
  }
});
