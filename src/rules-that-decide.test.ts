/* Which rules decide a call, where a call that is almost the same is decided by others. */
import { describe, expect, test } from 'vitest';
import { plainState } from './python/interpreter.ts';
import type { Version } from './python/releases.ts';
import { parseCall } from './python/source.ts';
import { rulesThatDecide } from './reference.ts';

const usual: Version = [3, 13, 0];

/** What decides `cache_from_source(…)`, by what stands between the parentheses, and behind a `#`. */
function rulesFor(written: string): readonly string[] {
  const [given, comment] = written.split('  # ');
  const { args, kwargs, state, target } = parseCall(
    `cache_from_source(${given})${comment === undefined ? '' : ` # ${comment}`}`,
  );
  const { version = usual, platform = 'posix' } = target;
  const call = { args, kwargs, state: { ...plainState(version, platform), ...state } };
  return rulesThatDecide(call, { version, platform });
}

const a255 = `'${'a'.repeat(255)}'`;

type Row = readonly [rule: string, decided: readonly string[], others: readonly string[]];

/** Rows for calls of one interpreter. */
function by(comment: string, rows: readonly Row[]): Row[] {
  const with_ = (calls: readonly string[]): string[] => calls.map((call) => `${call}  # ${comment}`);
  return rows.map(([rule, decided, others]) => [rule, with_(decided), with_(others)]);
}

describe.each<Row>([
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
  // 2 The path
  ['path-of-any-length', [`${a255} + 'a'`, `'a/' * 200`], [a255, "''"]],
  [
    'path-backslash-and-colon-are-characters',
    [String.raw`'a\\b'`, "'C:'"],
    ["'a/b'", "'a:b'  # platform='win32'"],
  ],
  ['path-last-dot-ends-the-name', ["'b.py'", "'..'", "'a.'"], ["'.'", "'.py'", "'b'", "'a.d/b'"]],
  ['path-dots-are-a-name', ["'.'", "'..'", "'a/..'"], ["'...'", "'b..'", "'./b'"]],
  // 3 The cache tag
  [
    'tag-is-not-checked',
    ["'b'  # cache_tag='a/b'", "'b'  # cache_tag='.'", "'b'  # cache_tag='a '"],
    ["'b'  # cache_tag='cpython-313'", "'b'  # cache_tag='A_1'", "'b'  # cache_tag=''"],
  ],
  ['tag-may-be-empty', ["'b'  # cache_tag=''"], ["'b'", "'b'  # cache_tag=' '"]],
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
    ["'b', optimization=0"],
    ["'b', optimization=1", "'b', optimization=False", "'b', optimization='0'"],
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
  ['debug-truth-asked-once', ["'b', Object(bool=True)"], ["'b', True", "'b', Object(eq=True)"]],
  // 6 Path-like objects
  ['like-fspath-asked-once', ["PathLike('b')", 'PathLike(1)'], ["'b'", "Object(is_='b')", '1', 'Object()']],
  ['like-bytes-raise', ["b''", "b''  # python='3.4.0'", "PathLike(b'')"], ["''", '1', 'PathLike(1)']],
  ['like-only-text-before-path-like', ["1  # python='3.5.0'"], ["b''  # python='3.5.0'", '1']],
  ['like-str-subclass-is-accepted', ["Object(is_='b')"], ["'b'", "PathLike('b')", 'Object(is_=1)']],
  ['like-str-method-makes-no-path', ["Object(str='b')"], ['Object()', '1', 'Object(bool=True)']],
  // 7 The order of errors and warnings
  [
    'order-call-before-warning',
    ['', "'b', None, 1"],
    ["  # python='3.4.0'", "  # python='3.15.0'", "'b', True"],
  ],
  [
    'order-path-before-tag',
    ['None', "1  # python='3.4.0'", "b''", "b''  # python='3.5.0'", "PathLike(Raises('OSError'))"],
    ["'b'  # cache_tag=None", "PathLike('b')"],
  ],
  [
    'order-tag-before-optimization',
    ["'b'  # cache_tag=None", "'b'  # cache_tag=None, python='3.5.0'"],
    ["'b'  # cache_tag=None, python='3.4.0'", "'b'"],
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
      String.raw`'C:/a/b'  # pycache_prefix='p\\\\q', platform='win32'`,
    ],
    [
      "'/a/b'  # pycache_prefix='/p/'",
      "'/a/b'  # pycache_prefix='/'",
      "'/a/b'  # pycache_prefix='/p.q/...'",
      String.raw`'/a/b'  # pycache_prefix='/p\\\\q'`,
    ],
  ],
  // 9 Windows
  ...by("platform='win32'", [
    [
      'windows-joins-with-backslash',
      [String.raw`'C:\\a\\C:b'`, "'b'", "'a/b'"],
      ["'C:b'", String.raw`'a\x00'`, String.raw`'a\x00/b'`],
    ],
    ['windows-drive-named-again-is-dropped', [String.raw`'C:\\a\\c:b'`], [String.raw`'C:\\a\\D:b'`, "'C:b'"]],
  ]),
  ...by("platform='win32', python='3.7.0'", [
    ['windows-drive-is-part-of-the-name', ["'C:b'", "'a/C:b'"], ["'ab:c'", "'C:/b'", "'1:b'"]],
    ['windows-drive-root-is-kept', ["'C:/b'"], ["'ab:/c'", "'C:a/b'", "'C:b'"]],
  ]),
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p'`, [
    [
      'windows-null-character-raises',
      [String.raw`'a\x00\\b'`, String.raw`'C:\\a\x00\\b'`],
      [String.raw`'b.\x00'`],
    ],
    ['windows-long-paths-raise', ["'a' * 32768 + '/b'"], ["'C:/' + 'a' * 32764 + '/b'"]],
    [
      'windows-surrogates-become-one',
      [String.raw`'\\\ud801\udc00\\b'`],
      [String.raw`'C:\\\ud801\udc00\\b'`, String.raw`'\ud801\udc00\\b'`],
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
  ...by(String.raw`platform='win32', pycache_prefix='C:\\p', python='3.8.10'`, [
    ['windows-prefix-any-character-is-a-drive', ["'1:/a/b'"], ["'a1:/b/c'", "'C:/a/b'", "'1:a/b'"]],
  ]),
])('%s', (rule, decided, others) => {
  test.each(decided)('decides (%s)', (given) => expect(rulesFor(given)).toContain(rule));
  test.each(others)('does not decide (%s)', (given) => expect(rulesFor(given)).not.toContain(rule));
});
