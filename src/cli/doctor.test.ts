import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { smallAdapter } from '../conformance/doctor/testing.ts';
import { doctor as doctorCommand } from './doctor.ts';
import { program, reference, runCommand, type Ended } from './testing.ts';
import { UsageError } from './usage.ts';

const doctor = (command: readonly string[], options: readonly string[] = []): Promise<Ended> =>
  runCommand(['doctor', ...options, '--', ...command]);
const onPosix = test.skipIf(process.platform === 'win32');

describe('doctor', () => {
  test('of the reference finds nothing and exits with 0', async () => {
    const { code, out, err } = await doctor(reference);
    expect(err).toBe('');
    expect(out).toMatch(/^ok +hello +pycache-spec \S+, Python 3\.12\.1, posix, \d+ ms$/m);
    expect(out).not.toMatch(/^(warning|FAIL|not tried)/m);
    expect(out).toMatch(/\nwell-formed: \d+ steps tried; to test its answers, use check\n$/);
    expect(code).toBe(0);
  });

  test('of an adapter with a warning exits with 0', async () => {
    const { code, out } = await doctor(smallAdapter(`outcome = () => ({ return: null });`));
    expect(out).toMatch(/^warning +one call +cache_from_source\('plain_name\.py'\) gives None$/m);
    expect(out).toMatch(/\nwell-formed: \d+ steps tried, 1 warning, \d+ not tried; /);
    expect(code).toBe(0);
  });

  test('of an adapter that is not well-formed says why and exits with 4', async () => {
    const { code, out, err } = await doctor(smallAdapter(`console.log('Ready.');`));
    expect(err).toBe('');
    expect(out).toMatch(/^FAIL +hello$/m);
    expect(out).toContain('a line that is not JSON: "Ready.". Was it meant for stderr?');
    expect(out).toMatch(/\nnot well-formed: 1 of 1 step failed, \d+ not tried\n$/);
    expect(code).toBe(4);
  });

  test('of an adapter that does not say hello tells that it waits', async () => {
    const { code, out, err } = await doctor(smallAdapter(`write = () => {};`), ['--timeout', '0.1']);
    expect(err).toBe('No hello yet; it may take 1.2 s. Does the adapter flush its stdout after each line?\n');
    expect(out).toContain('The adapter did not answer within 1.2 s.');
    expect(code).toBe(4);
  });

  onPosix('ends when it is interrupted, with 3', async () => {
    const child = spawn(process.execPath, [program, 'doctor', '--', ...smallAdapter(`write = () => {};`)]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(err).toContain('interrupted (SIGINT); the remaining steps were not tried.');
    expect(out).not.toContain('well-formed');
    expect(code).toBe(3);
  });

  test.each([
    [['--timeout', 'x'], '--timeout takes seconds'],
    [['--python', 'a', '--', 'b'], 'cannot be combined with a command'],
    [['--runs', '5'], "doctor has no option '--runs'"],
    [['extra'], "'extra' is unexpected"],
    [['--'], 'there is no command after --'],
    [['--', 'no-such-program-anywhere'], 'there is no such program'],
  ])('%j is wrong usage', async (args, said) => {
    const failed = await doctorCommand.run(args).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UsageError);
    expect((failed as UsageError).message).toContain(said);
  });
});
