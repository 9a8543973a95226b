/* For tests: the parsed documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { packageRoot } from '../conformance/package.ts';

/** A fenced block: its info string, and its text. */
export type Block = { readonly info: string; readonly text: string };

/** A Markdown file for readers. */
export type Document = {
  /** Relative to the root. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly links: readonly string[];
  /** Inline code. */
  readonly spans: readonly string[];
  readonly headings: readonly string[];
};

const markdown = new MarkdownIt({ html: true });

/** @param text the text, if it is not the file's own */
export function readDocument(file: string, text = readFileSync(join(packageRoot(), file), 'utf8')): Document {
  // Skips the front matter.
  const tokens = markdown.parse(text.replace(/^---\n.*?\n---\n/s, ''), {});
  const inline = tokens.flatMap((token) => token.children ?? []);
  return {
    file,
    text,
    blocks: tokens
      .filter(({ type }) => type === 'fence')
      .map(({ info, content }) => ({ info, text: content })),
    links: inline
      .filter(({ type }) => type === 'link_open')
      .map((token) => String(token.attrGet('href') ?? '')),
    spans: inline.filter(({ type }) => type === 'code_inline').map(({ content }) => content),
    headings: tokens.flatMap((token, i) =>
      token.type === 'heading_open' ? [textOf(tokens[i + 1]!.children ?? [])] : [],
    ),
  };
}

/** The text of a heading without markup. */
const textOf = (children: ReadonlyArray<{ readonly content: string }>): string =>
  children.map(({ content }) => content).join('');

const markdownIn = (folder: string): string[] =>
  readdirSync(join(packageRoot(), folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .toSorted();

/** The Markdown files in the root and in `spec/`. */
export const documents: readonly Document[] = [...markdownIn('.'), ...markdownIn('spec')].map((file) =>
  readDocument(file),
);

export const documentOf = (file: string): Document => {
  const found = documents.find((one) => one.file === file);
  if (!found) throw new Error(`there is no document ${file}`);
  return found;
};
