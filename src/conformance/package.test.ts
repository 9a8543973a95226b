import { expect, test } from 'vitest';
import { pageOf } from './package.ts';

test('a rule has a page, below the address of the site if that is known', () => {
  expect(pageOf('tag-may-be-empty', '')).toBe('rules/tag-may-be-empty.html');
  expect(pageOf('tag-may-be-empty', 'https://example.org/')).toBe(
    'https://example.org/rules/tag-may-be-empty.html',
  );
  expect(pageOf('tag-may-be-empty')).toMatch(/^(https:.*\/)?rules\/tag-may-be-empty\.html$/);
});
