import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../events.ts';
import { packageRoot } from '../package.ts';
import { loadFormat } from './formats.ts';
import { openReports, ReportError, type Reports } from './sink.ts';
import { end, failure, rules, run, written } from './testing.ts';

const events = run(failure(rules[0]!));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);
const contentOf = (name: string): string => readFileSync(at(name), 'utf8');

/** Opens reports, and collects what is written to stdout. */
async function opened(...specs: readonly string[]): Promise<{ reports: Reports; out: () => string }> {
  let out = '';
  const reports = await openReports(specs, { write: (text) => (out += text) });
  return { reports, out: () => out };
}
const tell = (reports: Reports, told: readonly Event[]): void => {
  for (const event of told) reports.add(event);
};
const textOf = async (format: string, told: readonly Event[] = events): Promise<string> =>
  written(await loadFormat(format), told);

describe('a report in a file', () => {
  test('is what its format writes, for several at once', async () => {
    const { reports, out } = await opened(`jsonl=${at('a')}`, `json=${at('b')}`, `junit=${at('c')}`);
    tell(reports, events);
    expect(contentOf('a')).toBe(await textOf('jsonl'));
    expect(contentOf('b')).toBe(await textOf('json'));
    expect(contentOf('c')).toBe(await textOf('junit'));
    reports.close();
    expect([reports.failures(), reports.toStdout, out()]).toEqual([[], false, '']);
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('may have a name with = in it', async () => {
    const { reports } = await opened(`json=${at('a=b')}`);
    tell(reports, events);
    expect(existsSync(at('a=b'))).toBe(true);
  });

  test('that is written as it happens has each event at once, and nothing of before', async () => {
    writeFileSync(at('a'), 'before '.repeat(1000));
    const { reports } = await opened(`jsonl=${at('a')}`);
    expect(contentOf('a')).toBe('');
    tell(reports, events.slice(0, 2));
    expect(contentOf('a')).toBe(await textOf('jsonl', events.slice(0, 2)));
    reports.close();
    expect(contentOf('a')).toBe(await textOf('jsonl', events.slice(0, 2)));
  });

  test('that is written at the end is not there before, not even an old one', async () => {
    writeFileSync(at('a'), 'before');
    const { reports } = await opened(`json=${at('a')}`);
    tell(reports, events.slice(0, -1));
    expect(readdirSync(folder)).toEqual([]);
    tell(reports, events.slice(-1));
    expect(contentOf('a')).toBe(await textOf('json'));
  });

  test('says so when the run came to no end', async () => {
    const { reports } = await opened(`json=${at('a')}`, `jsonl=${at('b')}`);
    tell(reports, events.slice(0, -1));
    reports.close();
    expect(JSON.parse(contentOf('a'))).toMatchObject({
      verdict: 'broken',
      open: ['the run did not finish'],
    });
    expect(contentOf('b')).not.toContain('"end"');
    tell(reports, [end()]);
    expect(contentOf('b')).not.toContain('"end"');
  });

  test('is not there when no run started', async () => {
    const { reports } = await opened(`json=${at('a')}`);
    reports.close();
    expect(readdirSync(folder)).toEqual([]);
    expect(reports.failures()).toEqual([]);
  });

  test('is where a link leads', async () => {
    mkdirSync(at('there'));
    writeFileSync(at('there/a'), '');
    symlinkSync(at('there/a'), at('link'));
    const { reports } = await opened(`json=${at('link')}`);
    tell(reports, events);
    expect(contentOf('there/a')).toBe(await textOf('json'));
  });
});

describe('a report on stdout', () => {
  test('is the only one there', async () => {
    const { reports, out } = await opened('jsonl=-', `json=${at('a')}`);
    tell(reports, events);
    expect(reports.toStdout).toBe(true);
    expect(out()).toBe(await textOf('jsonl'));
    await expect(opened('jsonl=-', 'json=-')).rejects.toThrow('only one report can be written to stdout');
  });

  test('need not be read to its end', async () => {
    const broken = (code: string) => () => {
      throw Object.assign(new Error(`it says ${code}`), { code });
    };
    const unread = await openReports(['jsonl=-'], { write: broken('EPIPE') });
    tell(unread, events);
    expect(unread.failures()).toEqual([]);
    const failing = await openReports(['jsonl=-'], { write: broken('EOTHER') });
    tell(failing, events);
    expect(failing.failures()).toEqual([
      "the report 'stdout' cannot be written: the system refuses it (EOTHER)",
    ]);
  });
});

describe('what cannot be written is found before anything is run', () => {
  const refused = async (...specs: readonly string[]): Promise<string> => {
    try {
      (await opened(...specs)).reports.close();
    } catch (error) {
      if (error instanceof ReportError) return error.message.replaceAll(folder, 'FOLDER');
      throw error;
    }
    return 'nothing';
  };

  test.each<[said: string, spec: (path: string) => string]>([
    ["--report takes FORMAT=FILE, such as junit=report.xml, not 'json'", () => 'json'],
    ["--report takes FORMAT=FILE, such as junit=report.xml, not 'json='", () => 'json='],
    [
      "there is no format 'yaml'; the formats are badge, json, jsonl, junit, markdown",
      (path) => `yaml=${path}/a`,
    ],
    [
      "the report 'FOLDER/no/a' cannot be written: there is no folder 'FOLDER/no'",
      (path) => `json=${path}/no/a`,
    ],
    ["the report 'FOLDER' cannot be written: it is a folder", (path) => `jsonl=${path}`],
    ["the report 'FOLDER/a/' cannot be written: it is a folder", (path) => `json=${path}/a/`],
    [
      "the report 'FOLDER/file/a' cannot be written: 'FOLDER/file' is not a folder",
      (path) => `json=${path}/file/a`,
    ],
    [
      `the report 'FOLDER/${'x'.repeat(300)}' cannot be written: the name is too long`,
      (path) => `jsonl=${path}/${'x'.repeat(300)}`,
    ],
  ])('%s', async (said, spec) => {
    writeFileSync(at('file'), '');
    expect(await refused(spec(folder))).toBe(said);
  });

  test.skipIf(process.getuid?.() === 0)('what is not permitted', async () => {
    chmodSync(folder, 0o500);
    const said = await refused(`jsonl=${at('a')}`);
    expect(said).toBe("the report 'FOLDER/a' cannot be written: that is not permitted");
    expect(await refused(`json=${at('a')}`)).toBe(said);
    chmodSync(folder, 0o700);
  });

  test('the same file twice, by whatever name', async () => {
    expect(await refused(`json=${at('a')}`, `jsonl=${folder}/./a`)).toBe(
      'two reports are written to FOLDER/a',
    );
    writeFileSync(at('b'), '');
    symlinkSync(at('b'), at('c'));
    expect(await refused(`json=${at('b')}`, `jsonl=${at('c')}`)).toBe('two reports are written to FOLDER/b');
    expect(await refused('json=/dev/null', 'jsonl=/dev/null')).toBe('nothing');
  });

  test('and of several nothing is touched when one is refused', async () => {
    writeFileSync(at('a'), 'before');
    expect(await refused(`json=${at('a')}`, `jsonl=${at('a')}`)).toContain('two reports');
    expect(await refused(`jsonl=${at('a')}`, `json=${at('no/b')}`)).toContain('no folder');
    expect(contentOf('a')).toBe('before');
  });
});

describe('a failure while it is written', () => {
  test.skipIf(!existsSync('/dev/full')).each(['json', 'jsonl'])('is kept, of %s', async (format) => {
    const { reports } = await opened(`${format}=/dev/full`, `junit=${at('a')}`);
    tell(reports, events);
    reports.close();
    expect(reports.failures()).toEqual(["the report '/dev/full' cannot be written: no space is left"]);
    expect(contentOf('a')).toBe(await textOf('junit'));
  });

  /**
   * Writes a run in a process with a limited file size: 4 blocks, which the shell counts as 512 or 1,024 bytes each.
   */
  const limited = (spec: string): string[] => {
    const built = join(packageRoot(), 'dist/src/conformance/reports/sink.js');
    const script = `
      const { openReports } = await import(${JSON.stringify(built)});
      const reports = await openReports([${JSON.stringify(spec)}], process.stdout);
      for (const event of ${JSON.stringify([...events.slice(0, -1), ...Array.from({ length: 40 }, () => events.at(-2)), events.at(-1)])}) reports.add(event);
      reports.close();
      console.log(JSON.stringify(reports.failures()));`;
    const words = ['-c', 'ulimit -f 4 && exec "$0" --input-type=module -e "$1"', process.execPath, script];
    const { stdout, stderr } = spawnSync('sh', words, { encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as string[];
  };

  test.skipIf(process.platform === 'win32')('leaves whole lines of what is written as it happens', () => {
    expect(limited(`jsonl=${at('a')}`)).toEqual([
      `the report '${at('a')}' cannot be written: the file would be too large`,
    ]);
    const lines = contentOf('a').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('type');
  });

  test.skipIf(process.platform === 'win32')('leaves nothing of what is written at the end', () => {
    expect(limited(`json=${at('a')}`)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
