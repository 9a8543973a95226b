/* Renders Markdown on a terminal, to the extent that the chapters use it. */
import { columnsOf } from '../conformance/reports/columns.ts';
import type { Paint } from '../conformance/reports/layout.ts';

type Style = 'bold' | 'italic' | 'cyan';
type Piece = { readonly text: string; readonly styles: readonly Style[] };

const marks =
  /(?<tick>`+)(?<code>.+?)\k<tick>(?!`)|\*\*(?<bold>(?:`[^`]*`|[^`])+?)\*\*|(?<![\w*])\*(?<em>[^\s*][^*]*)\*(?![\w*])|(?<!\w)_(?<em2>[^\s_][^_]*)_(?!\w)|\[(?<label>[^\]]+)\]\((?<address>[^)\s]+)\)/;

/** @param isPlain whether there is no colour; code then keeps its backticks, because nothing else distinguishes it */
function piecesOf(text: string, isPlain: boolean, styles: readonly Style[] = []): Piece[] {
  const found = marks.exec(text);
  if (!found) return text === '' ? [] : [{ text, styles }];
  const { code, bold, em = found.groups!['em2'], label, address = '' } = found.groups!;
  const inner = (): Piece[] => {
    if (code !== undefined) return [{ text: isPlain ? found[0] : code, styles: [...styles, 'cyan'] }];
    if (bold !== undefined) return piecesOf(bold, isPlain, [...styles, 'bold']);
    if (em !== undefined) return piecesOf(em, isPlain, [...styles, 'italic']);
    const where = /^https?:/.test(address) ? [{ text: ` <${address}>`, styles }] : [];
    return [...piecesOf(label!, isPlain, styles), ...where];
  };
  return [
    ...piecesOf(text.slice(0, found.index), isPlain, styles),
    ...inner(),
    ...piecesOf(text.slice(found.index + found[0].length), isPlain, styles),
  ];
}

type Word = readonly Piece[];

/** Splits at spaces. A word may have several styles. */
function wordsOf(pieces: readonly Piece[]): Word[] {
  const words: Piece[][] = [[]];
  for (const { text, styles } of pieces) {
    text.split(/\s+/).forEach((part, i) => {
      if (i > 0) words.push([]);
      if (part !== '') words.at(-1)!.push({ text: part, styles });
    });
  }
  return words.filter((word) => word.length > 0);
}

const lengthOf = (word: Word): number => word.reduce((sum, { text }) => sum + columnsOf(text), 0);

function paragraph(text: string, first: string, rest: string, width: number, paint: Paint): string[] {
  const isPlain = paint('bold', '') === '';
  const lines: Word[][] = [[]];
  let room = width - first.length;
  for (const word of wordsOf(piecesOf(text, isPlain))) {
    const needed = lengthOf(word) + (lines.at(-1)!.length > 0 ? 1 : 0);
    if (needed > room && lines.at(-1)!.length > 0) {
      lines.push([]);
      room = width - rest.length - lengthOf(word);
    } else room -= needed;
    lines.at(-1)!.push(word);
  }
  const painted = ({ text: shown, styles }: Piece): string =>
    styles.length === 0 ? shown : paint([...styles], shown);
  return lines.map(
    (words, i) => (i === 0 ? first : rest) + words.map((word) => word.map(painted).join('')).join(' '),
  );
}

/**
 * Renders headings, paragraphs, lists and fenced code, with emphasis, code and links.
 * @param fence maps the info string of fenced code to a line above it
 */
export function rendered(
  markdown: string,
  width: number,
  paint: Paint,
  fence: (info: string) => string = () => '',
): string {
  const blocks: string[][] = [];
  const lines = markdown.split('\n');
  while (lines.length > 0) {
    const line = lines.shift()!;
    const [, ticks, info] = /^(`{3,})(.*)$/.exec(line) ?? [];
    const [, title] = /^#+\s+(.*)$/.exec(line) ?? [];
    const [, indent, bullet, item] = /^(\s*)([-*+]|\d+\.)\s+(.*)$/.exec(line) ?? [];
    if (line.trim() === '') continue;
    if (ticks !== undefined) {
      const end = lines.findIndex((one) => one.startsWith(ticks));
      const code = lines.splice(0, end < 0 ? lines.length : end + 1).slice(0, end < 0 ? undefined : -1);
      const above = fence(info!.trim());
      blocks.push([...(above === '' ? [] : [paint('dim', above)]), ...code.map((one) => `    ${one}`)]);
    } else if (title !== undefined) {
      blocks.push([paint(['bold', 'underline'], title)]);
    } else {
      const own = [item ?? line];
      while (lines.length > 0 && !/^\s*$|^`{3,}|^#+\s|^\s*(?:[-*+]|\d+\.)\s/.test(lines[0]!))
        own.push(lines.shift()!);
      const first = item === undefined ? '' : `${indent}${bullet} `;
      const block = paragraph(own.join(' '), first, ' '.repeat(first.length), width, paint);
      // No blank line between the items of a list.
      if (item !== undefined && blocks.at(-1)?.[0]?.match(/^\s*([-*+]|\d+\.) /))
        blocks.at(-1)!.push(...block);
      else blocks.push(block);
    }
  }
  return blocks.map((block) => block.join('\n')).join('\n\n');
}
