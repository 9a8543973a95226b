/* Tests runs that are ended from outside: they leave a usable report and no running process. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tallyOf } from '../conformance/books.ts';
import { readStream } from '../conformance/stream.ts';
import { expectGone } from '../conformance/subjects/testing.ts';
import { verdictOf } from '../conformance/verdict.ts';
import { adapter, faulty, program, quick, runCommand } from './testing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { readonly code: number | null; readonly out: string; readonly adapter: number };

/** Runs a check, and ends it as soon as its report contains a text. */
async function interrupted(
  name: string,
  command: readonly string[],
  signal: NodeJS.Signals,
  told: string,
): Promise<Ended> {
  const report = join(folder, `${name}.jsonl`);
  const options = ['--runs', '1000000', '--seed', '1', '--rule', 'tag-*', '--counterexamples', folder];
  const reports = ['--report', `jsonl=${report}`, '--report', `junit=${join(folder, `${name}.xml`)}`];
  const child = spawn(process.execPath, [program, 'check', ...options, ...reports, '--', ...command]);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const pid = (): number => Number(/pid (\d+)/.exec(err)?.[1]);
  while (!(pid() > 0) || !(existsSync(report) && readFileSync(report, 'utf8').includes(told))) {
    if (child.exitCode !== null) throw new Error(`it ended by itself: ${out}${err}`);
    await pause(50);
  }
  await pause(200);
  child.kill(signal);
  return { code: await ended, out, adapter: pid() };
}

/** First prints its process id. */
const slow = ['sh', '-c', 'echo "pid $$" >&2; exec "$0" "$@"', ...faulty('none')];

describe.skipIf(process.platform === 'win32')('a run that is ended from outside', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s is incomplete, and its report can be used',
    async (signal) => {
      const { code, out, adapter: pid } = await interrupted(signal, slow, signal, '"type":"work"');
      expect(out).toMatch(new RegExp(`^incomplete: interrupted \\(${signal}\\)`, 'm'));
      expect(code).toBe(3);
      await expectGone([pid]);

      const file = join(folder, `${signal}.jsonl`);
      const text = readFileSync(file, 'utf8');
      expect(text.endsWith('\n')).toBe(true);
      const tally = tallyOf(readStream(text));
      expect(verdictOf(tally)).toBe('incomplete');
      expect(tally.answered).toBeGreaterThan(0);
      expect(tally.problems).toEqual([]);
      expect(tally.planned).toBe(tally.answered + (tally.lost['not run'] ?? 0));
      expect(tally.rules.map(({ verdict }) => verdict)).toContain('not run');
      expect(readFileSync(join(folder, `${signal}.xml`), 'utf8')).toMatch(/<(error|failure)/);

      const merged = await runCommand(['merge', file]);
      expect(merged.out).toMatch(/^incomplete: /m);
      expect(merged.code).toBe(3);
      const compared = await runCommand(['diff', file, file]);
      expect(compared.out + compared.err).toContain('incomplete');
      expect(compared.code).toBe(3);
    },
  );

  test('while the adapter hangs ends soon all the same', async () => {
    const { code, adapter: pid } = await interrupted(
      'hangs',
      adapter('hangs at calls'),
      'SIGINT',
      '"type":"subject"',
    );
    expect(code).toBe(3);
    await expectGone([pid]);
  });

  test('before the adapter has said hello is no fault of the adapter', async () => {
    const { code, out } = await interrupted('no hello', adapter('silent'), 'SIGINT', '"type":"start"');
    expect(out).toMatch(/^incomplete: interrupted \(SIGINT\)/m);
    expect(code).toBe(3);
  });

  test('by SIGKILL leaves what it had written, and the adapter ends by itself', async () => {
    const { code, adapter: pid } = await interrupted('SIGKILL', slow, 'SIGKILL', '"type":"work"');
    expect(code).toBe(null);
    const tally = tallyOf(readStream(readFileSync(join(folder, 'SIGKILL.jsonl'), 'utf8')));
    expect(verdictOf(tally)).toBe('incomplete');
    await expectGone([pid]);
  });
});

describe('a report that cannot be written', () => {
  test.skipIf(process.platform !== 'linux')('for want of space makes the run incomplete', async () => {
    const args = ['check', ...quick, '--report', 'jsonl=/dev/full', '--', ...faulty('none')];
    const { code, err } = await runCommand(args);
    expect(err).toMatch(/the report '\/dev\/full' cannot be written: no space is left\.$/m);
    expect(code).toBe(3);
  });

  test('does not hide that the adapter failed', async () => {
    const report = process.platform === 'linux' ? ['--report', 'jsonl=/dev/full'] : [];
    const { code } = await runCommand(['check', ...quick, ...report, '--', ...adapter('exits at hello')]);
    expect(code).toBe(4);
  });
});
