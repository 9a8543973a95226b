import { describe, expect, test } from 'vitest';
import { plainState } from '../python/interpreter.ts';
import { parseCall } from '../python/source.ts';
import { everyTarget } from '../reference.ts';
import { rulesThatDecide, tellingRules } from './deciding.ts';

/** The telling rules for a call, given by what follows the function's name. */
function toldOf(written: string): string[] {
  const { args, kwargs, state, target } = parseCall(`cache_from_source${written}`);
  const { version = [3, 13, 0], platform = 'posix' } = target;
  const call = { args, kwargs, state: { ...plainState(version, platform), ...state } };
  return tellingRules(call, { version, platform });
}

describe('what decides comes first', () => {
  test.each<[string, string[]]>([
    ["('/m.py')", ['path-root-is-lost']],
    ["('//m.py')", ['path-root-of-slashes-is-one']],
    ["('d/.m')", ['path-leading-dot-is-dropped']],
    ["('m')", ['path-name-without-dot-is-glued-to-tag']],
    ["('m.py', optimization=0)", ['opt-text-becomes-segment']],
    ["('d/m.py')  # optimize=2", ['opt-none-reads-interpreter-level', 'opt-text-becomes-segment']],
    ["('C:/m.py')  # platform='win32'", ['windows-drive-root-is-lost']],
    ["('m.py')  # cache_tag=None", ['tag-none-raises']],
    // Nothing is special about these calls.
    ["('m.py')", ['path-without-directory', 'path-last-dot-ends-the-name']],
    ["('d/m.py')", ['path-cache-folder-beside-source', 'path-splits-at-last-separator']],
  ])('%s: %j', (written, first) => expect(toldOf(written).slice(0, first.length)).toEqual(first));
});

describe('nothing is told that holds of every call', () => {
  test.each(["('/m.py')", "('m')", "('d/m.py')  # optimize=2", "('m.py')  # pycache_prefix='/p'"])(
    'of (%s)',
    (written) => {
      for (const always of ['call-returns-str', 'call-source-need-not-exist', 'call-same-result-each-time']) {
        expect(toldOf(written)).not.toContain(always);
      }
    },
  );

  test('but something of each, and each rule once', () => {
    for (const target of everyTarget()) {
      const state = plainState(target.version, target.platform);
      for (const written of [
        "('/m.py')",
        "('m')",
        "('d/m.py')",
        "('')",
        "('d/')",
        "('m.', None)",
        '(None)',
        '()',
      ]) {
        const call = { ...parseCall(`cache_from_source${written}`), state };
        const told = tellingRules(call, target);
        expect(told).not.toEqual([]);
        expect(rulesThatDecide(call, target)).toEqual(expect.arrayContaining(told));
        expect(new Set(told).size).toBe(told.length);
      }
    }
  });
});

describe('of the way back', () => {
  /** What tells of `source_from_cache(…)`, by what follows its name. */
  function toldOfBack(written: string): string[] {
    const { state, target, ...call } = parseCall(`source_from_cache${written}`);
    const { version = [3, 13, 0], platform = 'posix' } = target;
    const asked = { ...call, state: { ...plainState(version, platform), ...state } };
    return tellingRules(asked, { version, platform });
  }

  test.each<[string, string[]]>([
    ["('d/__pycache__/a.T.pyc')", ['back-cache-folder-is-dropped', 'back-name-ends-at-first-dot']],
    ["('__pycache__/a.T.opt-1.pyc')", ['back-two-or-three-dots']],
    ["('__pycache__/a.T.opt-q.pyc')", ['back-two-or-three-dots', 'back-any-alphanumeric-level']],
    ["('__pycache__/a.b.T.pyc')", ['back-segment-begins-with-opt']],
    ["('/p/a/b.T.pyc')  # pycache_prefix='/p'", ['back-prefix-is-dropped']],
    ["('a/b.pyc')", ['back-other-folder-raises']],
    ["('__pycache__/a.T.pyc')  # cache_tag=None", ['back-tag-none-raises']],
  ])('%s: %j', (written, first) => {
    const told = toldOfBack(written);
    expect(told.slice(0, first.length)).toEqual(first);
    for (const always of ['back-returns-str', 'back-warns-of-nothing', 'back-same-result-each-time']) {
      expect(told).not.toContain(always);
    }
    expect(new Set(told).size).toBe(told.length);
  });
});
