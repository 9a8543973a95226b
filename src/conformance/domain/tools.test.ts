import { describe, expect, test } from 'vitest';
import type { Call } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';
import type { Value } from '../../python/values.ts';
import { answer, type Target } from '../../reference.ts';
import { encodeCall, type Json } from '../codec.ts';
import type { Feature, Hello } from '../features.ts';
import { run } from '../run.ts';
import { referenceHello } from '../subjects/reference.ts';
import { chapters, subject, type Asking } from '../testing.ts';
import { verdictOf } from '../verdict.ts';
import { decodeDomain } from './declared.ts';
import { isInside } from './testing.ts';

/** The steps from a source to its bytecode file. A tool may get each of them wrong. */
type Steps = {
  readonly cut: (path: string) => readonly [directory: string, name: string];
  readonly stem: (name: string) => string;
  readonly tag: (tag: string) => string;
  readonly segment: (optimization: Value, level: number) => string;
  readonly place: (directory: string, file: string, given: Given) => string;
};
type Given = { readonly prefix: string | null; readonly cwd: string };

type Tool = {
  readonly target: Target;
  readonly supports: readonly Feature[];
  readonly fixed: Hello['fixed'];
  readonly domain: { readonly [key: string]: Json };
  readonly steps: Steps;
};

const atLast = (path: string, separator: string): [string, string] => {
  const at = path.lastIndexOf(separator);
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
};
const plain: Steps = {
  cut: (path) => atLast(path, '/'),
  stem: (name) => name.slice(0, -'.py'.length),
  tag: (tag) => `.${tag}`,
  segment: (optimization) =>
    optimization instanceof Str && optimization.isEmpty ? '' : `.opt-${optimization as bigint}`,
  place: (directory, file) => `${directory}/__pycache__/${file}`,
};

const installer: Tool = {
  target: { version: [3, 13, 0], platform: 'posix' },
  supports: ['optimization', 'cache_tag'],
  fixed: { optimize: 0n },
  domain: {
    path: { suffixes: ['.py'], form: 'absolute', normalized: true, nested: true },
    optimization: ['', 1, 2],
    cache_tag: ['cpython-313', 'pypy311'],
    characters: 'text',
  },
  steps: plain,
};

const buildSystem: Tool = {
  target: { version: [3, 11, 7], platform: 'posix' },
  supports: ['optimize'],
  fixed: { cacheTag: str('cpython-311') },
  domain: {
    path: { suffixes: ['.py'], form: 'relative', names: 'identifier' },
    optimize: [0, 1, 2],
  },
  steps: {
    ...plain,
    segment: (_, level) => ['', '.opt-1', '.opt-2'][level]!,
    place: (directory, file) =>
      [...directory.split('/').filter((name) => name !== ''), '__pycache__', file].join('/'),
  },
};

const script: Tool = {
  target: { version: [3, 15, 0], platform: 'posix' },
  supports: ['optimization', 'cache_tag', 'optimize'],
  fixed: {},
  domain: {
    path: { characters: 'text' },
    optimization: ['', 'x', 0, 1, null],
    cache_tag: ['cpython-315', ''],
    characters: 'text',
  },
  steps: {
    ...plain,
    stem: (name) => {
      const at = name.lastIndexOf('.');
      return at > 0 ? name.slice(0, at) : name.slice(at + 1);
    },
    segment: (optimization, level) => {
      const chosen =
        optimization === null
          ? level || ''
          : optimization instanceof Str
            ? optimization.units
            : Number(optimization);
      return chosen === '' ? '' : `.opt-${chosen}`;
    },
    place: (directory, file) => {
      const kept = directory.replace(/\/+$/, '');
      return kept === ''
        ? `${directory === '' ? '' : '/'}__pycache__/${file}`
        : `${kept}/__pycache__/${file}`;
    },
  },
};

const packager: Tool = {
  target: { version: [3, 12, 1], platform: 'win32' },
  supports: ['optimization', 'cache_tag'],
  fixed: { optimize: 0n },
  domain: {
    path: {
      suffixes: ['.py', '.pyw'],
      form: 'absolute',
      normalized: true,
      nested: true,
      names: 'identifier',
    },
    optimization: [null, '', 1, 2],
    cache_tag: ['cpython-312', 'pypy310'],
    characters: 'ascii',
  },
  steps: {
    ...plain,
    cut: (path) => atLast(path, '\\'),
    stem: (name) => name.slice(0, name.lastIndexOf('.')),
    segment: (optimization) => (typeof optimization === 'bigint' ? `.opt-${optimization}` : ''),
    place: (directory, file) => {
      if (directory.length > 32_767 || file.length > 32_767) throw new RangeError('too long');
      return `${directory}\\__pycache__\\${file}`;
    },
  },
};

const redirected: Tool = {
  target: { version: [3, 14, 1], platform: 'posix' },
  supports: ['optimization', 'cache_tag', 'path_like', 'pycache_prefix', 'cwd'],
  fixed: { optimize: 0n },
  domain: {
    path: { form: 'absolute', suffixes: ['.py'] },
    optimization: ['', 1, 2],
    pycache_prefix: [null, { form: 'absolute' }],
    cwd: { form: 'absolute' },
    cache_tag: ['cpython-314'],
    characters: 'text',
  },
  steps: {
    ...plain,
    place: (directory, file, { prefix, cwd }) => {
      const start = (path: string): string => path.replace(/\/+$/, '');
      const kept = start(directory);
      if (prefix === null) return directory === '' ? `__pycache__/${file}` : `${kept}/__pycache__/${file}`;
      const below = start(directory === '' ? cwd : directory).replace(/^\/+/, '');
      return `${start(prefix)}/${below === '' ? '' : `${below}/`}${file}`;
    },
  },
};

/** The result of a tool. Outside its domain, it may be anything. */
function fileOf({ cut, stem, tag, segment, place }: Steps, { args: [path], kwargs, state }: Call): string {
  const text = path instanceof Str ? path : (path as { readonly fspath: Str }).fspath;
  const [directory, name] = cut(text.units);
  const optimization = kwargs.find(([key]) => key === 'optimization')?.[1] ?? null;
  const own = segment(optimization, Number(state.optimize));
  const file = `${stem(name)}${name.includes('.') ? tag(state.cacheTag!.units) : state.cacheTag!.units}${own}.pyc`;
  return place(directory, file, { prefix: state.pycachePrefix?.units ?? null, cwd: state.cwd!.units });
}

type Checked = {
  readonly verdict: string;
  readonly named: readonly string[];
  readonly holding: readonly string[];
  readonly asked: readonly Call[];
};

async function check(tool: Tool, wrong: Partial<Steps> = {}): Promise<Checked> {
  const { target, supports, fixed, domain } = tool;
  const hello: Hello = {
    ...referenceHello(target),
    functions: ['cache_from_source'],
    supports: new Set(supports),
    fixed,
    domain: decodeDomain(domain, target.platform, 'domain'),
  };
  const steps = { ...tool.steps, ...wrong };
  const one: Asking = subject(
    (call) => {
      try {
        return { kind: 'return', value: str(fileOf(steps, call)), warnings: [] };
      } catch (error) {
        return {
          kind: 'raise',
          type: error instanceof RangeError ? 'ValueError' : 'SystemError',
          message: Str.empty,
          warnings: [],
        };
      }
    },
    hello,
    target,
  );
  const tally = await run({
    chapters,
    selected: chapters,
    selection: {},
    command: [],
    open: () => Promise.resolve(one),
    runs: 10,
    seed: 1,
    shard: null,
    emit: () => {},
  });
  return {
    verdict: verdictOf(tally),
    named: tally.failures.map(({ rule }) => rule),
    holding: tally.rules.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])),
    asked: one.asked,
  };
}

const tools = { installer, buildSystem, script, packager, redirected };

describe.each(Object.entries(tools))('a tool within its domain: %s', (_, tool) => {
  test('is conformant, and asked nothing outside', async () => {
    const one = await check(tool);
    expect([one.named, one.verdict]).toEqual([[], 'conformant']);
    expect(one.holding.length).toBeGreaterThan(10);
    const outside = one.asked
      .map(encodeCall)
      .filter((call) => !isInside(tool.domain, tool.target.platform, call));
    expect(outside).toEqual([]);
  });
});

type Wrong = readonly [
  tool: keyof typeof tools,
  what: string,
  steps: Partial<Steps>,
  rules: readonly string[],
];

const wrong: readonly Wrong[] = [
  [
    'installer',
    'the first dot ends the stem',
    { stem: (name) => name.split('.')[0]! },
    ['path-last-dot-ends-the-name'],
  ],
  [
    'installer',
    'no cache folder',
    { place: (directory, file) => `${directory}/${file}` },
    ['path-cache-folder-beside-source'],
  ],
  [
    'installer',
    'only ASCII is kept',
    { stem: (name) => name.slice(0, -3).replaceAll(/[^ -~]/g, '?') },
    ['path-characters-pass-unchanged'],
  ],
  [
    'buildSystem',
    'level 2 is named 1',
    { segment: (_, level) => (level === 0 ? '' : '.opt-1') },
    ['opt-none-reads-interpreter-level', 'opt-text-becomes-segment'],
  ],
  [
    'buildSystem',
    'level 0 has a segment',
    { segment: (_, level) => `.opt-${level}` },
    ['opt-interpreter-level-zero-adds-no-segment'],
  ],
  [
    'buildSystem',
    'in lower case',
    { stem: (name) => name.slice(0, -3).toLowerCase() },
    ['path-characters-pass-unchanged', 'path-last-dot-ends-the-name'],
  ],
  [
    'script',
    'a leading dot is kept',
    { stem: (name) => name.slice(0, Math.max(name.lastIndexOf('.'), 0)) || name },
    ['path-leading-dot-is-dropped'],
  ],
  [
    'packager',
    'joined by /',
    { place: (directory, file) => `${directory}/__pycache__/${file}` },
    ['windows-joins-with-backslash'],
  ],
  [
    'packager',
    'an end of three characters',
    { stem: (name) => name.slice(0, -3) },
    ['path-extension-is-not-read', 'path-last-dot-ends-the-name'],
  ],
  [
    'redirected',
    'the prefix is ignored',
    { place: (directory, file) => redirected.steps.place(directory, file, { prefix: null, cwd: '/' }) },
    ['prefix-replaces-the-cache-folder'],
  ],
];

test.each(wrong)('of a wrong one the rule is named: %s, %s', async (name, _, steps, rules) => {
  const tool = tools[name];
  const { verdict, named, asked } = await check(tool, steps);
  expect(verdict).toBe('broken');
  expect(rules).toContain(named[0]);
  expect(asked.map(encodeCall).filter((call) => !isInside(tool.domain, tool.target.platform, call))).toEqual(
    [],
  );
});

test('what is wrong outside alone is not held against a tool', async () => {
  const outside = new Set(['/a.py', 'a.py', '/d/a.pyw', '/d//a.py', '/d/a']);
  const { target } = installer;
  for (const path of outside) {
    const call: Call = {
      args: [str(path)],
      kwargs: [],
      state: { cacheTag: str('cpython-313'), optimize: 0n, pycachePrefix: null, cwd: str('/w') },
    };
    const right = answer(call, target);
    expect(right.kind === 'return' && (right.value as Str).units, path).not.toBe(
      fileOf(installer.steps, { ...call, kwargs: [['optimization', Str.empty]] }),
    );
  }
});
