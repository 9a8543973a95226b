/* Tests that the domains in the documents are valid. */
import { expect, test } from 'vitest';
import type { Json } from '../conformance/codec.ts';
import { decodeDomain } from '../conformance/domain/declared.ts';
import { domainInWords } from '../conformance/domain/words.ts';
import { documents } from './testing.ts';

const shown = documents.flatMap(({ file, blocks, spans }) =>
  [...blocks.filter(({ info }) => info === 'json').map(({ text }) => text.trim()), ...spans]
    .filter((text) => /^\{?"domain":/.test(text))
    .map((text) => [file, text.startsWith('{') ? text : `{${text}}`] as const),
);

test.each(shown)('%s: %s', (_, text) => {
  const { domain } = JSON.parse(text) as { readonly domain: Json };
  expect(domainInWords(decodeDomain(domain, 'posix', 'the domain'))).not.toBe('');
});

test('domains are found', () => {
  const files = new Set(shown.map(([file]) => file));
  expect([...files]).toEqual(expect.arrayContaining(['spec/implementers.md', 'spec/protocol.md']));
});
