/* The layout of text for a terminal. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export type Paint = (style: Style, text: string) => string;

/** Returns a function that colours text, or leaves it unchanged if `color` is false. */
export const painter =
  (color: boolean): Paint =>
  (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;

export const wantsColor = (stream: NodeJS.WriteStream): boolean => stream.isTTY && !process.env['NO_COLOR'];

const usualWidth = 100;
const narrowest = 60;

/** The width of the terminal, but no wider than is readable. */
export const textWidth = ({ columns = usualWidth }: { readonly columns?: number }): number =>
  Math.max(narrowest, Math.min(columns || usualWidth, usualWidth));

/** Breaks text into lines with at most `width` characters, not counting the indent. */
export const wrapped = (text: string, indent: string, width = usualWidth): string =>
  brokenAt(text.split(/\s+/), width)
    .map((line) => indent + line)
    .join('\n');

/** The first lines of a text, with … at the end if there are more. Words longer than a line are broken. */
export function firstLines(text: string, most: number, width = usualWidth): string[] {
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']);
  const lines = brokenAt(words, width);
  if (lines.length <= most) return lines;
  const [last] = brokenAt(lines[most - 1]!.split(' '), width - 1);
  return [...lines.slice(0, most - 1), `${last!.replace(/[.,:;]$/, '')}…`];
}

function brokenAt(words: readonly string[], width: number): string[] {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** How many characters of an adapter's stderr are shown, in case it prints without end. */
const mostPassedOn = 1024 * 1024;

/** Shows what an adapter prints to stderr, in whole lines, each marked as the adapter's. */
export function adapterLines(err: { write(text: string): unknown }): {
  write(text: string): void;
  end(): void;
} {
  const pass = (line: string): unknown => err.write(`adapter | ${line}\n`);
  let partial = '';
  let passedOn = 0;
  return {
    write(text) {
      if (passedOn > mostPassedOn) return;
      passedOn += text.length;
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      lines.forEach(pass);
      if (passedOn <= mostPassedOn) return;
      pass('… it prints more than 1 MiB; the rest is not shown');
      partial = '';
    },
    end() {
      if (partial !== '') pass(partial);
      partial = '';
    },
  };
}
