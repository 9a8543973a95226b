import { expect, test } from 'vitest';
import { openPipe } from './pipe.ts';

const running = (source: string): string[] => [process.execPath, '-e', source];
const echo = running('process.stdin.pipe(process.stdout)');

test('an answer is complete when every line has come, and is kept if that is wanted', async () => {
  const pipe = await openPipe(echo, true);
  expect(await pipe.ask('a\nb\n', 2)).toBe('a\nb\n');
  const long = `${'x'.repeat(1_000_000)}\n`;
  expect(await pipe.ask(Buffer.from(long.repeat(5)), 5)).toBe(long.repeat(5));
  await pipe.close();
});

test('answers that are only counted are not kept', async () => {
  const pipe = await openPipe(echo);
  expect(await pipe.ask('a\nb\n', 2)).toBe('');
  await pipe.close('bye\n');
});

test('a process that ends before it has answered is told of', async () => {
  const pipe = await openPipe(running("process.stdin.once('data', () => process.exit(3))"));
  await expect(pipe.ask('a\nb\n', 2)).rejects.toThrow('with exit code 3, and 2 answers were missing');
  await pipe.close();
});
