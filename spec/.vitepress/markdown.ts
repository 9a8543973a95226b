/*
 * What the site adds to the Markdown in spec/, compared to other viewers: rules link to their pages, and origins link
 * to the exact sentences of the ledger.
 */
import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { readChapters, type Rule } from '../../src/conformance/chapters.ts';
import { readLedger, type LedgerDocument } from '../../src/conformance/ledger.ts';

type Token = ReturnType<MarkdownRenderer['parse']>[number];
type TokenMaker = new (type: string, tag: string, nesting: Token['nesting']) => Token;

/** A page being rendered: its path from spec/, before or after it is renamed for the site. */
type Page = { readonly relativePath: string };

type Scene = {
  readonly page: Page;
  /** By id. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly ledger: readonly LedgerDocument[];
  readonly make: TokenMaker;
  /** Parses inline Markdown. */
  readonly parsed: (markdown: string) => Token[];
};

/** The anchor of a sentence in the ledger: `pep-488-proposal-1-1`. */
export const sentenceAnchor = (document: string, sentence: string): string =>
  `${document} ${sentence}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');

/** The relative link from one page of the site to another. Both are paths from spec/. */
export const linkTo = (to: string, from: string): string => {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
};

export function plugins(md: MarkdownRenderer): void {
  const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
  const ledger = readLedger();
  md.core.ruler.push('pycache-spec', (state) => {
    const page = state.env as Page;
    const parsed = (markdown: string): Token[] => {
      const tokens: Token[] = [];
      md.inline.parse(markdown, md, {}, tokens);
      return tokens;
    };
    const scene = { page, rules, ledger, make: state.Token as TokenMaker, parsed };
    headings(state.tokens, scene);
    facts(state.tokens, scene);
    if (page.relativePath === 'ledger.md') ledgerRows(state.tokens, scene);
    for (const token of state.tokens) {
      if (token.type === 'inline') token.children = inline(token.children ?? [], scene);
    }
  });
  examples(md);
}

/** Makes a rule's heading link to its page. */
function headings(tokens: readonly Token[], scene: Scene): void {
  if (scene.page.relativePath.startsWith('rules/')) return;
  for (const [i, { type, tag }] of tokens.entries()) {
    const content = tokens[i + 1];
    if (type !== 'heading_open' || tag !== 'h2' || !content || !scene.rules.has(content.content)) continue;
    const [first, ...rest] = content.children ?? [];
    content.children = [...linked([first!], rulePage(content.content, scene), scene), ...rest];
  }
}

const rulePage = (id: string, { page }: Scene): string => linkTo(`rules/${id}.md`, page.relativePath);

function linked(tokens: readonly Token[], href: string, { make }: Scene): Token[] {
  const open = new make('link_open', 'a', 1);
  open.attrSet('href', href);
  return [open, ...tokens, new make('link_close', 'a', -1)];
}

/** Sets the line of facts apart from the prose, and marks its first words. */
function facts(tokens: readonly Token[], { make }: Scene): void {
  for (const [i, token] of tokens.entries()) {
    const content = tokens[i + 1];
    const [first, ...rest] = content?.children ?? [];
    const level = /^(documented|observed)(, quirk)? · (?=Python )/.exec(first?.content ?? '');
    if (token.type !== 'paragraph_open' || !level) continue;
    token.attrSet('class', 'facts');
    const words = [level[1]!, ...(level[2] === undefined ? [] : ['quirk'])];
    const marks = new make('html_inline', '', 0);
    marks.content = words.map((word) => `<span class="mark ${word}">${word}</span> `).join('');
    first!.content = first!.content.slice(level[0].length);
    content!.children = [marks, first!, ...rest];
  }
}

/** Gives each sentence of the ledger an anchor, and moves what it says and its rules before its wordings. */
function ledgerRows(tokens: Token[], { ledger }: Scene): void {
  let document: LedgerDocument | undefined;
  for (const [i, { type, tag }] of tokens.entries()) {
    if (type === 'heading_open' && tag === 'h2') {
      document = ledger.find(({ name }) => name === tokens[i + 1]!.content.split(':')[0]);
    }
    if (type !== 'tr_open') continue;
    const sentence = tokens[i + 2]!.content;
    if (document?.rows.some((row) => row.sentence === sentence)) {
      tokens[i]!.attrSet('id', sentenceAnchor(document.name, sentence));
    }
    const end = tokens.findIndex((token, at) => at > i && token.type === 'tr_close');
    const cells = tokens.slice(i + 1, end);
    if (document !== undefined) {
      tokens.splice(
        i + 1,
        cells.length,
        ...cells.slice(0, perCell),
        ...cells.slice(-2 * perCell),
        ...cells.slice(perCell, -2 * perCell),
      );
    }
  }
}

/** The tokens of a cell: its start, its content, its end. */
const perCell = 3;

function inline(tokens: readonly Token[], scene: Scene): Token[] {
  const made: Token[] = [];
  let isInLink = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.type === 'link_open') {
      const references = origins(tokens.slice(i, i + 3), scene);
      if (references) {
        made.push(...references);
        i += 2;
        continue;
      }
      renamed(token);
      isInLink = true;
    } else if (token.type === 'link_close') isInLink = false;
    if (isInLink) made.push(...titled(token, scene));
    else if (token.type === 'code_inline' && scene.rules.has(token.content)) {
      made.push(...linked([token], rulePage(token.content, scene), scene));
    } else if (token.type === 'text' && scene.page.relativePath === 'ledger.md') {
      made.push(...idsLinked(token, scene));
    } else made.push(token);
  }
  return made;
}

/** Makes `[entry 1.1, 1.2](ledger.md)` link to each of the sentences. */
function origins(tokens: readonly Token[], scene: Scene): Token[] | undefined {
  const [open, text, close] = tokens;
  const href = open?.attrGet('href') ?? '';
  if (!/(^|\/)ledger\.md$/.test(href) || text?.type !== 'text' || close?.type !== 'link_close')
    return undefined;
  const document = scene.ledger
    .filter(({ name }) => text.content.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (document === undefined) return undefined;
  const sentences = text.content.slice(document.name.length + 1).split(', ');
  if (!sentences.every((one) => document.rows.some(({ sentence }) => sentence === one))) return undefined;
  return sentences.flatMap((sentence, i) => [
    ...(i === 0 ? [] : [textOf(', ', scene)]),
    ...linked(
      [textOf(i === 0 ? `${document.name} ${sentence}` : sentence, scene)],
      `${href}#${sentenceAnchor(document.name, sentence)}`,
      scene,
    ),
  ]);
}

/** Shows rules by title in the history. */
function titled(token: Token, { page, rules, parsed }: Scene): Token[] {
  const rule = token.type === 'text' && page.relativePath === 'history.md' && rules.get(token.content);
  return rule ? parsed(rule.title) : [token];
}

/** The front page's name on the site differs from its name in the folder. */
function renamed(open: Token): void {
  const href = open.attrGet('href') ?? '';
  if (!/^[a-z]+:/.test(href)) open.attrSet('href', href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.md'));
}

function textOf(content: string, { make }: Scene): Token {
  const token = new make('text', '', 0);
  token.content = content;
  return token;
}

function idsLinked(token: Token, scene: Scene): Token[] {
  return token.content
    .split(/([a-z]+(?:-[a-z]+)+)/)
    .filter((part) => part !== '')
    .flatMap((part) =>
      scene.rules.has(part)
        ? linked([textOf(part, scene)], rulePage(part, scene), scene)
        : [textOf(part, scene)],
    );
}

const sides: Record<string, string> = { for: 'for the rule', against: 'against it' };

/** Labels examples with their side. Code that several pages show is highlighted once. */
function examples(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence!;
  md.renderer.rules.fence = (tokens, i, ...rest) => {
    const { info, content } = tokens[i]!;
    const key = `${info}\n${content}`;
    const html = coloured.get(key) ?? fence(tokens, i, ...rest);
    coloured.set(key, html);
    const side = /^python (for|against)$/.exec(info.trim())?.[1];
    if (side === undefined) return html;
    return `<div class="example ${side}"><p class="side">${sides[side]}</p>${html}</div>\n`;
  };
}

const coloured = new Map<string, string>();
