import { expect, test } from 'vitest';
import { pageOf } from './package.ts';

test('a rule has a page, below the address of the site if that is known', () => {
  expect(pageOf('tag-may-be-empty', '')).toBe('rules/tag-may-be-empty.html');
  for (const site of ['https://example.org/spec', 'https://example.org/spec/']) {
    expect(pageOf('tag-may-be-empty', site)).toBe('https://example.org/spec/rules/tag-may-be-empty.html');
  }
  expect(pageOf('tag-may-be-empty')).toMatch(/^(https:.*\/)?rules\/tag-may-be-empty\.html$/);
});
