import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package.ts';
import {
  isDraft,
  kinds,
  KnownFailuresError,
  nameOf,
  NoList,
  parseKnownFailures,
  ruleOf,
  withCall,
  writeKnownFailures,
  type Entry,
  type KnownFailures,
} from './file.ts';

const read = (text: string): KnownFailures => parseKnownFailures(text, 'known.txt');

/** What an entry says, without its position. */
const told = ({ about, pattern, kind, reason, issue, fails, until }: Entry): object => ({
  about,
  pattern,
  kind,
  reason,
  issue,
  fails,
  until,
});

/** The problems in a text, without the file name. */
function faults(text: string, drafts = false): string[] {
  try {
    parseKnownFailures(text, 'known.txt', { drafts });
    return [];
  } catch (error) {
    if (!(error instanceof KnownFailuresError)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^known\.txt:/, ''));
  }
}

const whole = `# Of the file,
# in two lines.

# Of the first entry.
rule opt-float-by-its-repr
  kind: bug
  reason: floats are printed as C prints them
  issue: https://example.org/12
  fails: raises TypeError*
  # Asked upstream.
  until: 2027-03-01

call cache_from_source('*//*')
  kind: by-design
  reason: doubled separators are merged: # 12
`;

describe('a list', () => {
  test('has entries with what is said of them', () => {
    const { file, entries } = read(whole);
    expect(file).toBe('known.txt');
    expect(entries.map(({ line }) => line)).toEqual([5, 13]);
    expect(entries.map(told)).toEqual([
      {
        about: 'rule',
        pattern: 'opt-float-by-its-repr',
        kind: 'bug',
        reason: 'floats are printed as C prints them',
        issue: 'https://example.org/12',
        fails: 'raises TypeError*',
        until: '2027-03-01',
      },
      {
        about: 'call',
        pattern: "cache_from_source('*//*')",
        kind: 'by-design',
        reason: 'doubled separators are merged: # 12',
        issue: null,
        fails: null,
        until: null,
      },
    ]);
  });

  test('may be empty', () => {
    expect(read('')).toEqual({ file: 'known.txt', comments: [], entries: [] });
    expect(read('\n\n')).toEqual({ file: 'known.txt', comments: [], entries: [] });
  });

  test('may have the marks of Windows', () => {
    const windows = read(`\uFEFF${whole.replaceAll('\n', '\r\n')}`);
    expect(windows).toEqual(read(whole));
  });

  test('needs no empty line between entries', () => {
    const close = 'rule a\n  kind: bug\n  reason: x\n# Of b.\nrule b\n  kind: bug\n  reason: y\n';
    expect(read(close).entries.map((entry) => [nameOf(entry), entry.lines.length])).toEqual([
      ['rule a', 3],
      ['rule b', 4],
    ]);
  });

  test('may hold any kind', () => {
    for (const kind of kinds) {
      const text = `rule a\n  kind: ${kind}\n  reason: x\n  until: 2028-02-29\n`;
      expect(read(text).entries.map((entry) => entry.kind)).toEqual([kind]);
    }
  });
});

describe('comments', () => {
  const entry = (id: string): string => `rule ${id}\n  kind: bug\n  reason: x\n`;

  test('above an entry are of it, those before an empty line of the file', () => {
    const { comments, entries } = read(whole);
    expect(comments).toEqual([['# Of the file,', '# in two lines.']]);
    expect(entries[0]!.lines[0]).toBe('# Of the first entry.');
    expect(entries[0]!.lines).toContain('  # Asked upstream.');
  });

  test('that are indented at the end of an entry are of that entry', () => {
    const { comments, entries } = read(`${entry('a')}  # issue: later\n\n${entry('b')}`);
    expect(comments).toEqual([]);
    expect(entries[0]!.lines.at(-1)).toBe('  # issue: later');
  });

  test('at the margin within an entry are of it too', () => {
    const text = 'rule a\n  kind: bug\n# Why:\n  reason: x\n';
    expect(writeKnownFailures(read(text))).toBe(text);
  });

  test('of the file come first when it is written', () => {
    const text = `${entry('b')}\n# Between.\n\n# Of a.\n${entry('a')}# At the end.\n`;
    expect(writeKnownFailures(read(text))).toBe(
      `# Between.\n\n# At the end.\n\n# Of a.\n${entry('a')}\n${entry('b')}`,
    );
  });
});

describe('written', () => {
  test('a list in order is what was read', () => {
    expect(writeKnownFailures(read(whole))).toBe(whole);
  });

  test('it has rules before calls, each in order', () => {
    const text = ['call b', 'rule b', 'call a', 'rule a-b', 'rule a']
      .map((name) => `${name}\n  kind: bug\n  reason: x\n`)
      .join('\n');
    const names = read(writeKnownFailures(read(text))).entries.map(nameOf);
    expect(names).toEqual(['rule a', 'rule a-b', 'rule b', 'call a', 'call b']);
  });
});

describe('a fault is told with its line', () => {
  const after = (line: string): string => `rule a\n  kind: bug\n  reason: x\n${line}\n`;
  test.each([
    ['no kind', 'rule a\n  reason: x', /^1: 'rule a' has no kind: use one of bug, by-design/],
    [
      'an unknown kind',
      'rule a\n  kind: wontfix\n  reason: x',
      /^2: 'wontfix' is not a kind: use one of bug/,
    ],
    ['an empty kind', 'rule a\n  kind:\n  reason: x', /^2: '' is not a kind/],
    ['no reason', '\nrule a\n  kind: bug', /^2: 'rule a' has no reason: say why/],
    ['an empty reason', 'rule a\n  kind: bug\n  reason:  ', /^3: the reason is empty: say why/],
    [
      'flaky for ever',
      'rule a\n  kind: flaky\n  reason: x',
      /^1: 'rule a' is flaky but has no end: give its last/,
    ],
    [
      'an empty date',
      'rule a\n  kind: flaky\n  reason: x\n  until:',
      /^4: 'until' is empty: give the last day/,
    ],
    [
      'no such day',
      after('  until: 2027-02-29'),
      /^4: '2027-02-29' is not a date: write year, month and day/,
    ],
    ['no such month', after('  until: 2027-13-01'), /^4: '2027-13-01' is not a date/],
    ['a date in words', after('  until: March 2027'), /^4: 'March 2027' is not a date/],
    ['a date and more', after('  until: 2027-03-01T00:00'), /^4: .* is not a date/],
    ['an empty issue', after('  issue:'), /^4: 'issue' is empty: fill it in, or remove/],
    ['an empty signature', after('  fails:'), /^4: 'fails' is empty: say how the call/],
    [
      'an unknown key',
      after('  url: y'),
      /^4: 'url' is not a key: use one of kind, reason, issue, fails, until, call, also$/,
    ],
    ['a key twice', after('  reason: y'), /^4: this entry has a second 'reason': keep one/],
    [
      'an entry twice',
      after('\nrule  a\n  kind: bug\n  reason: y'),
      /^5: 'rule a' is already on line 1: keep/,
    ],
    [
      'an unsupported call',
      'call a\n  kind: unsupported\n  reason: x',
      /^1: a call that failed was supported: name/,
    ],
    [
      'an unsupported failure',
      'rule a\n  kind: unsupported\n  reason: x\n  fails: y',
      /^4: what is unsupported does not fail: remove/,
    ],
    ['a pattern for rules', 'rule opt-*\n  kind: bug\n  reason: x', /^1: 'opt-\*' cannot be a rule's id/],
    ['a name without more', after('\nrule'), /^5: 'rule' is incomplete: write 'rule ID'/],
    ['an indented entry', after('\n  rule b'), /^5: an entry begins at the margin: unindent it/],
    ['a key at the margin', after('issue: y'), /^4: 'issue' must be indented by two spaces/],
    ['a key too deep', after('    issue: y'), /^4: 'issue' must be indented by two spaces/],
    ['a tab', after('\tissue: y'), /^4: 'issue' must be indented by two spaces/],
    [
      'a second line of a value',
      after('  and more words'),
      /^4: the lines of an entry have the form 'KEY: VALUE', with each value/,
    ],
    [
      'something else',
      'opt-float-by-its-repr',
      /^1: an entry begins with 'rule ID', 'fault RULE in PARTS' or 'call PATTERN'/,
    ],
    [
      'a key without an entry',
      '  kind: bug',
      /^1: 'kind' belongs to no entry: put 'rule ID', 'fault RULE in PARTS' or 'call PATTERN' above it$/,
    ],
    [
      'an empty line in an entry',
      after('\n  issue: y'),
      /^5: 'issue' belongs to no entry: .* above it, and no empty line within it$/,
    ],
  ])('%s', (_, text, message) => {
    expect(faults(text)).toEqual([expect.stringMatching(message)]);
  });

  test('all of them, in the order of their lines', () => {
    const text = 'rule a\n  kind: bad\n\nrule b\n  kind: bug\n  reason:\n  until: x\n';
    expect(faults(text).map((line) => line.slice(0, 2))).toEqual(['1:', '2:', '6:', '7:']);
  });

  test('and with the name of the file', () => {
    expect(() => parseKnownFailures('rule', 'ci/known.txt')).toThrow(/^ci\/known\.txt:1: /);
  });
});

test('a draft may leave its reason and its date empty, and nothing else', () => {
  const draft = 'rule a\n  kind: flaky\n  reason:\n  until:\n';
  expect(faults(draft)).toHaveLength(2);
  expect(faults(draft, true)).toEqual([]);
  expect(parseKnownFailures(draft, 'x', { drafts: true }).entries.map(isDraft)).toEqual([true]);
  expect(faults('rule a\n  kind: flaky\n  reason:\n', true)).toHaveLength(1);
  expect(faults('rule a\n  kind: bug\n', true)).toHaveLength(1);
  expect(faults('rule a\n  kind:\n  reason: x\n', true)).toHaveLength(1);
  expect(faults('rule a\n  kind: bug\n  reason:\n  issue:\n', true)).toHaveLength(1);
});

test('the example of the specification is such a list', () => {
  const page = readFileSync(join(packageRoot(), 'spec/known-failures.md'), 'utf8');
  const lists = [...page.matchAll(/^```\n(.*?)^```$/gms)].map(([, text]) => text!);
  expect(lists.length).toBeGreaterThan(0);
  for (const text of lists) {
    expect(writeKnownFailures(read(text))).toBe(text);
    expect(read(text).entries.length).toBeGreaterThan(0);
  }
});

/** Fields that may come in any order in an entry. */
const value = fc
  .string({ unit: 'binary', minLength: 1 })
  .map((text) => text.replaceAll(/[\r\n]/g, '').trim())
  .filter((text) => text !== '');
const comment = value.map((text) => `# ${text}`.trimEnd());
const block = fc.array(comment, { minLength: 1, maxLength: 3 });
const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const entryText = fc
  .record({
    name: fc.oneof(
      fc.stringMatching(/^[a-z\d]{1,3}(-[a-z\d]{1,3}){0,2}$/).map((id) => `rule ${id}`),
      value.map((pattern) => `call ${pattern}`),
    ),
    kind: fc.constantFrom('bug', 'by-design', 'flaky'),
    reason: value,
    issue: fc.option(value),
    fails: fc.option(value),
    until: day,
    comments: fc.option(block),
    within: fc.option(comment),
    order: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  })
  .map(({ name, kind, reason, issue, fails, until, comments, within, order }) => {
    const fields = [
      `  kind: ${kind}`,
      `  reason: ${reason}`,
      `  until: ${until}`,
      ...(issue === null ? [] : [`  issue: ${issue}`]),
      ...(fails === null ? [] : [`  fails: ${fails}`]),
    ]
      .map((line, i) => [order[i % 4]!, line] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, line]) => line);
    return {
      name,
      lines: [...(comments ?? []), name, ...(within === null ? [] : [`  ${within}`]), ...fields],
    };
  });

const listText = fc
  .record({
    blocks: fc.array(
      fc.oneof(
        entryText,
        block.map((lines) => ({ name: null, lines })),
      ),
      { maxLength: 6 },
    ),
    gaps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ blocks, gaps }) => {
    const names = blocks.map(({ name }) => name);
    return blocks
      .filter(({ name }, i) => name === null || names.indexOf(name) === i)
      .map(({ lines }, i) => `${lines.join('\n')}${'\n'.repeat(gaps[i]!)}\n`)
      .join('');
  });

const sorted = (all: readonly object[]): string[] => all.map((one) => JSON.stringify(one)).toSorted();

describe('for every list', () => {
  test('what is written is read as the same entries and comments, and is written the same again', () => {
    fc.assert(
      fc.property(listText, (text) => {
        const list = read(text);
        const written = writeKnownFailures(list);
        const again = read(written);
        expect(sorted(again.entries.map(told))).toEqual(sorted(list.entries.map(told)));
        expect(again.comments).toEqual(list.comments);
        expect(writeKnownFailures(again)).toBe(written);
      }),
    );
  });

  test('no line that says something is lost', () => {
    const lines = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .toSorted();
    fc.assert(
      fc.property(listText, (text) => {
        expect(lines(writeKnownFailures(read(text)))).toEqual(lines(text));
      }),
    );
  });

  test('a line is where the entry says', () => {
    fc.assert(
      fc.property(listText, (text) => {
        const lines = text.split('\n');
        for (const entry of read(text).entries) expect(lines[entry.line - 1]).toBe(nameOf(entry));
      }),
    );
  });

  test('any text is read or refused, with the number of a line that it has', () => {
    const pieces = fc.constantFrom(
      'rule a',
      'call b',
      '  kind: bug',
      '  reason: x',
      '  until:',
      '',
      '#',
      ' x',
      'kind',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (lines) => {
        const text = lines.join('\n');
        const count = text.split('\n').length;
        for (const fault of faults(text)) {
          const [, line] = /^(?:'known\.txt' is not a list .*: line )?([1-9]\d*)(?:: .| and )/.exec(fault)!;
          expect(Number(line)).toBeLessThanOrEqual(count);
        }
      }),
    );
  });
});

test('a file of another kind is told in one sentence', () => {
  const readme = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  for (const text of [readme, '\0\n'.repeat(400), 'one\ntwo\nthree\nfour\nfive\nsix']) {
    expect(() => parseKnownFailures(text, 'known.txt')).toThrow(NoList);
    expect(() => parseKnownFailures(text, 'known.txt')).toThrow(
      /^'known\.txt' is not a list of known failures: line \d+ and \d+ others belong to no entry \(see spec\/known-failures\.md\)$/,
    );
  }
  const entries = Array.from({ length: 30 }, (_, i) => `rule tag-${'x'.repeat(i + 1)}`).join('\n');
  expect(() => parseKnownFailures(entries, 'known.txt')).toThrow(/^known\.txt:1: .*\n(.*\n)*… and 40 more$/);
});

describe('a fault', () => {
  const text = `fault opt-bool-by-name in kind (return, ValueError)
  call: cache_from_source('a.py', optimization=True)
  also: stem, tag: cache_from_source('a.b', optimization=False)  # optimize=1
  kind: bug
  reason: x
`;
  const faultsOfText = (one: string): string => {
    try {
      parseKnownFailures(one, 'f');
      return 'it is read';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('has its rule, how it differs, and the calls that show it', () => {
    const [one] = parseKnownFailures(text, 'f').entries;
    expect([one!.about, ruleOf(one!), nameOf(one!)]).toEqual([
      'fault',
      'opt-bool-by-name',
      'fault opt-bool-by-name in kind (return, ValueError)',
    ]);
    expect(one!.shown).toEqual([
      { way: 'kind (return, ValueError)', call: "cache_from_source('a.py', optimization=True)" },
      { way: 'stem, tag', call: "cache_from_source('a.b', optimization=False)  # optimize=1" },
    ]);
  });

  test('may be one of the way back', () => {
    const way = 'kind (ValueError, return)';
    const [call, other] = ["source_from_cache('/p/a.T.pyc')", "source_from_cache('a')"];
    const back = `fault back-prefix-itself-is-not-below in ${way}\n  call: ${call}\n  also: stem: ${other}\n  kind: bug\n  reason: x\n`;
    const list = parseKnownFailures(back, 'f');
    expect(list.entries[0]!.shown).toEqual([
      { way, call },
      { way: 'stem', call: other },
    ]);
    expect(writeKnownFailures(list)).toBe(back);
  });

  test('is written as it was read, and so is one that gets another call', () => {
    const list = parseKnownFailures(text, 'f');
    expect(writeKnownFailures(list)).toBe(text);
    const [one] = list.entries;
    const more = withCall(one!, { way: 'stem', call: "cache_from_source('x')" });
    const again = parseKnownFailures(writeKnownFailures({ ...list, entries: [more] }), 'f');
    expect(again.entries[0]!.shown).toEqual(more.shown);
  });

  test.each<readonly [string, (text: string) => string, RegExp]>([
    ['no call', (one) => one.replaceAll(/ {2}(call|also):.*\n/g, ''), /^f:1: .* has no call that shows it/],
    ['a call that is none', (one) => one.replace("'a.py',", "'a.py' ;"), /^f:2: the call cannot be read/],
    [
      'a second call without what differs',
      (one) => one.replace('stem, tag: ', ''),
      /^f:3: 'also' needs the parts that differ/,
    ],
    ['nothing that differs', (one) => one.replace(/ in .*/, ''), /^f:1: .*does not say which parts differ/],
    [
      'a rule that can be none',
      (one) => one.replace('opt-bool', 'Opt'),
      /^f:1: 'Opt-by-name' cannot be a rule's id/,
    ],
    [
      'a result',
      (one) => one.replace('reason', 'fails: x\n  reason'),
      /^f:5: the first line of a fault says how it fails/,
    ],
    [
      'chance',
      (one) => one.replace('bug', 'flaky\n  until: 2027-01-01'),
      /^f:1: a fault is identified by calls that fail every time/,
    ],
    ['no support', (one) => one.replace('bug', 'unsupported'), /^f:1: a call that failed was supported/],
  ])('with %s is refused', (_, change, message) => {
    expect(faultsOfText(change(text))).toMatch(message);
  });

  test('alone has calls', () => {
    expect(faultsOfText('rule a\n  kind: bug\n  reason: x\n  call: x')).toMatch(
      /^f:4: only a fault has 'call'/,
    );
  });
});
