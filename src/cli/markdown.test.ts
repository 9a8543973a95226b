import { describe, expect, test } from 'vitest';
import { painter } from '../conformance/reports/layout.ts';
import { rendered } from './markdown.ts';

const plainly = (markdown: string, width = 40): string => rendered(markdown, width, painter(false));
/** Renders each style as a tag. */
const tagged = (markdown: string): string =>
  rendered(markdown, 200, (style, text) => `<${[style].flat().join(' ')}>${text}</>`);

describe('Markdown on a terminal', () => {
  test.each([
    ['**bold** and *em*, _so_', '<bold>bold</> and <italic>em</>, <italic>so</>'],
    ['`a.py` is code', '<cyan>a.py</> is code'],
    ['**of `a` too**', '<bold>of</> <bold cyan>a</> <bold>too</>'],
    ['2 * 3 * 4, snake_case_name', '2 * 3 * 4, snake_case_name'],
    ['`**no**`', '<cyan>**no**</>'],
    ['# Title', '<bold underline>Title</>'],
    [
      'see [here](2-path.md) and [there](https://example.org/x)',
      'see here and there <https://example.org/x>',
    ],
  ])('%s', (markdown, shown) => expect(tagged(markdown)).toBe(shown));

  test('without color has no marks but those of code', () => {
    expect(plainly('**A** *b* `c` [d](e.md)')).toBe('A b `c` d');
  });

  test('wraps what is text, and leaves code as it is', () => {
    const code = `x = '${'y'.repeat(60)}'`;
    const text = plainly(`${'word '.repeat(20)}\n\n\`\`\`python\n${code}\n\`\`\`\n\nend`);
    expect(text.split('\n')).toEqual([
      'word word word word word word word word',
      'word word word word word word word word',
      'word word word word',
      '',
      `    ${code}`,
      '',
      'end',
    ]);
  });

  test('keeps the items of a list together, each below its mark', () => {
    expect(plainly(`- one ${'w '.repeat(30)}\n- two\n\nend`).split('\n')).toEqual([
      `- one ${'w '.repeat(17).trimEnd()}`,
      `  ${'w '.repeat(13).trimEnd()}`,
      '- two',
      '',
      'end',
    ]);
  });

  test('a fence that does not end, and an empty text', () => {
    expect(plainly('```\na')).toBe('    a');
    expect(plainly('')).toBe('');
  });
});
