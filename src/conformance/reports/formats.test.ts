import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatNames, loadFormat } from './formats.ts';
import { run, written } from './testing.ts';

describe('the formats', () => {
  test('are the files of their folder', () => {
    const sources = readdirSync(join(import.meta.dirname, 'formats')).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    expect(formatNames()).toEqual(sources.map((file) => file.slice(0, -'.ts'.length)).toSorted());
    expect(formatNames()).toContain('junit');
  });

  test.each(formatNames())('%s writes a run down, ended by a line break', async (name) => {
    const text = written(await loadFormat(name), run());
    expect(text.length).toBeGreaterThan(100);
    expect(text.endsWith('\n')).toBe(true);
  });

  test.each(formatNames())(
    '%s writes nothing before the end unless it writes as it happens',
    async (name) => {
      const format = await loadFormat(name);
      expect(written(format, run().slice(0, -1)) === '').toBe(!format.asItHappens);
    },
  );

  test.each(['yaml', '', '../formats/json', 'json.ts', 'junit.test', 'toString'])(
    'and there is none named %j',
    async (name) => {
      await expect(loadFormat(name)).rejects.toThrow(
        `there is no format '${name}'; the formats are badge, json, jsonl, junit, markdown`,
      );
    },
  );
});
