import { expect, test } from 'vitest';
import { reprBytes, reprText } from './repr.ts';
import { Str } from './text.ts';

const raw = String.raw;

test.each<readonly [points: readonly number[], written: string]>([
  [[], "''"],
  [[0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d], raw`'\x08\t\n\x0b\x0c\r'`],
  [[0x5c], raw`'\\'`],
  [[0x1f, 0x20, 0x7e, 0x7f], raw`'\x1f ~\x7f'`],
  [[0x27], raw`"'"`],
  [[0x22], raw`'"'`],
  [[0x27, 0x22, 0x27], raw`'\'"\''`],
  [[0xa0, 0xad, 0xff, 0x100], raw`'\xa0\xad${'\u00ff\u0100'}'`],
  [[0x378, 0xd800, 0xfffe, 0xffff], raw`'\u0378\ud800\ufffe\uffff'`],
  [[0x10000, 0x1fffe, 0x10ffff], raw`'${'\u{10000}'}\U0001fffe\U0010ffff'`],
])('a text of %j', (points, written) => {
  expect(reprText(Str.fromCodePoints(points), '17.0.0').units).toBe(written);
});

test('a text shows what the Unicode of its release knows', () => {
  const text = Str.fromCodePoints([0x2c2f]);
  expect(reprText(text, '13.0.0').units).toBe(raw`'\u2c2f'`);
  expect(reprText(text, '14.0.0').units).toBe("'\u2c2f'");
});

test.each<readonly [bytes: readonly number[], written: string]>([
  [[], "''"],
  [[0x00, 0x09, 0x0a, 0x0d, 0x5c], raw`'\x00\t\n\r\\'`],
  [[0x1f, 0x20, 0x7e, 0x7f], raw`'\x1f ~\x7f'`],
  [[0x80, 0xe9, 0xfe, 0xff], raw`'\x80\xe9\xfe\xff'`],
  [[0x27], raw`"'"`],
  [[0x27, 0x22], raw`'\'"'`],
])('bytes of %j', (bytes, written) => expect(reprBytes(bytes).units).toBe(written));
