/* Runs the steps of the GitHub action as GitHub does, and the README's example of it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { adapterPath } from '../cli/adapter.ts';
import { reference, runProgram, type Ended } from '../cli/testing.ts';
import { packageRoot } from '../conformance/package.ts';
import { documentOf } from './testing.ts';

type Named<T> = Readonly<Record<string, T>>;
type Step = {
  readonly id?: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Named<string>;
  readonly 'working-directory'?: string;
};
type Action = {
  readonly inputs: Named<{ readonly description: string; readonly default: string }>;
  readonly outputs: Named<{ readonly description: string; readonly value: string }>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};
const home = join(packageRoot(), '.github', 'actions', 'check');
const action = parse(readFileSync(join(home, 'action.yml'), 'utf8')) as Action;

const folder = mkdtempSync(join(tmpdir(), 'action-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** The checkout of a project that uses the action. */
let project = '';
beforeEach(() => {
  project = mkdtempSync(join(folder, 'project-'));
});

/** Replaces `${{ … }}` by values. An unknown name is an error, whereas GitHub would insert nothing. */
const filledIn = (text: string, values: Named<string>): string =>
  text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`there is no ${name}`);
    return values[name];
  });

type Ran = Ended & { readonly outputs: Named<string>; readonly summary: string };

/** Runs the steps until one fails. */
async function use(given: Named<string>): Promise<Ran> {
  for (const name of Object.keys(given)) expect(Object.keys(action.inputs)).toContain(name);
  const values: Record<string, string> = {};
  for (const [name, { default: usual }] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = given[name] ?? usual;
  }
  const temporary = mkdtempSync(join(folder, 'temporary-'));
  const [output, summary, script] = ['output', 'summary', 'script'].map((name) => join(temporary, name));
  writeFileSync(summary!, '');
  const told = { GITHUB_ACTION_PATH: home, GITHUB_STEP_SUMMARY: summary!, RUNNER_TEMP: temporary };
  let ended: Ended = { code: 0, out: '', err: '' };
  for (const step of action.runs.steps) {
    expect(step.shell).toBe('bash');
    writeFileSync(script!, step.run);
    writeFileSync(output!, '');
    const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, filledIn(text, values)]);
    ended = await runProgram(['bash', '--noprofile', '--norc', '-eo', 'pipefail', script!], {
      cwd: join(project, filledIn(step['working-directory'] ?? '.', values)),
      env: { ...told, GITHUB_OUTPUT: output!, ...(Object.fromEntries(own) as Named<string>) },
    });
    for (const [, name, value] of readFileSync(output!, 'utf8').matchAll(/^([\w-]+)=(.*)$/gm)) {
      values[`steps.${step.id}.outputs.${name}`] = value!;
    }
    if (ended.code !== 0) break;
  }
  const outputs = Object.entries(action.outputs).flatMap(([name, { value }]) => {
    const known = Object.keys(values).some((one) => value.includes(` ${one} `));
    return known ? [[name, filledIn(value, values)]] : [];
  });
  const written = readFileSync(summary!, 'utf8');
  return { ...ended, outputs: Object.fromEntries(outputs) as Named<string>, summary: written };
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
const right = quoted(reference);
const mutants = join(packageRoot(), 'properties', 'mutants');
const wrong = quoted([
  'python3',
  join(mutants, 'run.py'),
  join(mutants, 'os-path-join.py'),
  adapterPath('python')!,
]);
const options = '--chapter path --runs 1';

test('the action describes what it takes and gives, and no input stands in a script', () => {
  expect(action.runs.using).toBe('composite');
  for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
    expect(description).toMatch(/^[A-Z].*[^.]$/);
  }
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});

describe.skipIf(process.platform === 'win32')('the action', () => {
  test('passes what is conformant, and writes the summary and the reports', async () => {
    const report = 'junit=a b.xml\njson=c.json\n';
    const { code, out, outputs, summary } = await use({ command: right, options, report });
    expect(out).toMatch(/^conformant: .*/m);
    expect(out).toContain(', seed 1\n');
    expect(code).toBe(0);
    expect(outputs['exit-code']).toBe('0');
    expect(summary).toContain('conformant');
    expect(readFileSync(outputs['summary']!, 'utf8')).toBe(summary);
    expect(readFileSync(join(project, 'a b.xml'), 'utf8')).toContain('<testsuites');
    expect(JSON.parse(readFileSync(join(project, 'c.json'), 'utf8'))).toMatchObject({
      verdict: 'conformant',
    });
  });

  test('fails what breaks a rule, and tells which', async () => {
    const { code, outputs, summary } = await use({ command: wrong, options, report: 'junit=pycache.xml' });
    expect(code).toBe(1);
    expect(outputs['exit-code']).toBe('1');
    expect(summary).toContain('path-root-is-lost');
    expect(readFileSync(join(project, 'pycache.xml'), 'utf8')).toMatch(/<failure[^>]*/);
  });

  test('passes what is known to fail, and fails a list that is stale', async () => {
    mkdirSync(join(project, 'below'));
    const entry = 'rule path-root-is-lost\n  kind: by-design\n  reason: no file lies there\n';
    writeFileSync(join(project, 'below', 'known.txt'), entry);
    const known = { 'known-failures': 'known.txt', 'working-directory': 'below', options };
    const excused = await use({ ...known, command: wrong });
    expect(excused.out).toMatch(/^conformant but for 1 known failure/m);
    expect(excused.code).toBe(0);
    const stale = await use({ ...known, command: right });
    expect(stale.outputs['exit-code']).toBe('5');
    expect(stale.code).toBe(5);
  });

  test('checks a Python, at a level, with a seed', async () => {
    const given = { python: 'python3', level: 'documented', seed: '7', options };
    const { code, out } = await use(given);
    expect(out).toMatch(/^cpython /m);
    expect(out).toContain(', seed 7\n');
    expect(code).toBe(0);
    const { out: whole } = await use({ ...given, level: '', seed: '' });
    const rules = (text: string): number => Number(/: (\d+) rules?\b/.exec(text)![1]);
    expect(rules(whole)).toBeGreaterThan(rules(out));
  });

  test.each<readonly [what: string, given: Named<string>, said: RegExp]>([
    ['a command and a Python', { command: right, python: 'python3' }, /cannot be combined/],
    ['a quote that is not closed', { command: "python3 'a" }, /^::error::command: a quote is not closed$/m],
    ['an option that there is not', { command: right, options: '--no-such-option' }, /--no-such-option/],
    ['an option in the place of a value', { command: right, level: '--help' }, /--level/],
    ['neither', {}, /^::error::neither a command nor a python is given$/m],
    [
      'an option that keeps check from checking',
      { command: right, options: '--help' },
      /^::error::nothing /m,
    ],
  ])('ends with 2 for %s', async (_, given, said) => {
    const { code, out, err, summary } = await use(given);
    expect(out + err).toMatch(said);
    expect(summary).toBe('');
    expect(code).toBe(2);
  });

  test.each(Object.keys(action.inputs).filter((name) => name !== 'working-directory'))(
    'runs nothing that %s has in it',
    async (name) => {
      const text = 'x"; touch owned; "$(touch owned)`touch owned`';
      const { code } = await use({ command: right, [name]: text });
      expect(code).toBe(2);
      expect(existsSync(join(project, 'owned'))).toBe(false);
    },
  );

  test('does what the README shows', async () => {
    type Workflow = { jobs: { pycache: { steps: ReadonlyArray<{ uses: string; with?: Named<string> }> } } };
    const shown = documentOf('README.md').blocks.find(({ info }) => info === 'yaml')!;
    const { steps } = (parse(shown.text) as Workflow).jobs.pycache;
    const step = steps.find(({ uses }) => uses.includes('/.github/actions/check@'))!;
    mkdirSync(join(project, 'tools'));
    symlinkSync(adapterPath('python')!, join(project, 'tools', 'pycache_adapter.py'));
    writeFileSync(join(project, 'pycache-known.txt'), '');
    const { code, out } = await use({ ...step.with, options });
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
    expect(existsSync(join(project, 'pycache.xml'))).toBe(true);
  });
});
