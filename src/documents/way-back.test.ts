/*
 * Compares the tables about source_from_cache, in its chapter and on its page, with the reference and the names in the
 * wild.
 */
import { describe, expect, test } from 'vitest';
import { named } from '../names-in-the-wild.ts';
import { callBack, type Answered, type Call } from '../python/call.ts';
import { plainState, type State } from '../python/interpreter.ts';
import { str, type Str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import { documentOf } from './testing.ts';

/** The rows of the table in a section of a document, without its head. */
function rowsOf(document: string, heading: string): string[][] {
  const { text } = documentOf(document);
  const section = text.split(/^##? /m).find((one) => one.startsWith(heading))!;
  const lines = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('|--'));
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The content of a cell as code. */
const code = (cell: string): string => /^`(.*)`$/.exec(cell)?.[1] ?? cell;

/** A path, or the type of an exception. */
const shown = (outcome: Answered): string =>
  outcome.kind === 'return' ? (outcome.value as Str).units : outcome.type;

describe('there and back', () => {
  const rows = rowsOf('spec/10-source-from-cache.md', '10 The way back');

  test.each(rows)('%s with %s', (source, conditions, file, back) => {
    const isWindows = conditions.includes('Windows');
    const prefix =
      /the prefix `(.*)`/.exec(conditions)?.[1] ?? (conditions === 'the empty prefix' ? '' : undefined);
    expect(conditions).toMatch(/^(?:|`-O`|Windows|(?:Windows and )?the prefix `.*`|the empty prefix)$/);
    const target: Target = { version: [3, 13, 8], platform: isWindows ? 'win32' : 'posix' };
    const state: State = {
      ...plainState(target.version, target.platform),
      optimize: conditions === '`-O`' ? 1n : 0n,
      pycachePrefix: prefix === undefined ? null : str(prefix),
    };
    const call = (path: string): Call => ({ args: [str(path)], kwargs: [], state });
    const there = shown(answer(call(code(source)), target));
    expect([there, shown(answer(callBack(state, str(there)), target))]).toEqual([code(file), code(back)]);
  });

  test('are told', () => expect(rows.length).toBeGreaterThan(15));
});

describe('who else puts files there', () => {
  const rows = rowsOf('spec/way-back.md', 'Who else puts files there');

  test.each(rows)('%s of %s', (name, who, _prefix, levels, source, python) => {
    const target: Target = { version: [3, 13, 8], platform: 'posix' };
    const found = named(str(`a/__pycache__/${code(name)}`), plainState(target.version), target);
    expect(found.source?.units).toBe(`a/${code(source)}`);
    expect(shown(found.python)).toBe(python === 'ValueError' ? python : `a/${code(python)}`);
    expect(found.isRead).toBe(levels !== 'nothing reads it');
    const [tool] = found.writer!.split(' ');
    expect(who.replaceAll('`', '')).toContain(tool);
  });

  test('are told', () => expect(rows.length).toBeGreaterThan(8));
});
