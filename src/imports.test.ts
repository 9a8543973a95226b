/* Tests which parts may import which: imports run in one direction, without cycles. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from './conformance/package.ts';

const root = packageRoot();

/** A source file, by its path from the root, and its imports: paths from the root, or packages. */
type Source = { readonly file: string; readonly imports: readonly string[] };

const sourcesIn = (folder: string): Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => /\.m?[jt]s$/.test(file) && !file.includes('node_modules'))
    .map((file) => ({ file, imports: importsOf(file) }));

const isForTests = (file: string): boolean => /(\.test|\/testing)\.ts$/.test(file);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const named = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';/gms)];
  const bare = [...text.matchAll(/^import '([^']+)';/gm), ...text.matchAll(/\bimport\('([^']+)'\)/g)];
  return [...named, ...bare].map(([, name]) =>
    name!.startsWith('.') ? relative(root, join(root, dirname(file), name!)) : name!,
  );
}

const all = ['src', 'properties', 'fixtures'].flatMap(sourcesIn);
/** What is published, what builds the wheel, and the benchmarks. */
const sources = all.filter(
  ({ file }) => file.endsWith('.ts') && !file.startsWith('fixtures/') && !isForTests(file),
);
const isIn =
  (...parts: readonly string[]) =>
  (file: string): boolean =>
    parts.some((part) => file === part || file.startsWith(`${part}/`));

const python = isIn('src/python');
const referenceFiles = isIn(
  'src/cache-from-source.ts',
  'src/source-from-cache.ts',
  'src/state-of.ts',
  'src/names-in-the-wild.ts',
  'src/bytecode-files.ts',
  'src/bytecode-header.ts',
  'src/record.ts',
  'src/reference.ts',
  'src/index.ts',
);
const properties = isIn('properties');
const conformance = isIn('src/conformance');
const cli = isIn('src/cli');
const wheel = isIn('src/wheel');
const bench = isIn('src/bench');
const isPackage = (name: string): boolean =>
  !name.includes('/') || name.startsWith('node:') || name.startsWith('@');

/** The imports of some files that are not in the allowed parts. */
const strays = (
  of: (file: string) => boolean,
  ...allowed: ReadonlyArray<(file: string) => boolean>
): string[] =>
  sources
    .filter(({ file }) => of(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter((name) => !isPackage(name) && !allowed.some((part) => part(name)))
        .map((name) => `${file} uses ${name}`),
    );

describe('imports run one way', () => {
  test('from Python to nothing else', () => {
    expect(strays(python, python)).toEqual([]);
  });

  test('from the reference to Python', () => {
    expect(strays(referenceFiles, referenceFiles, python)).toEqual([]);
  });

  test('from the properties to the reference and Python', () => {
    expect(strays(properties, properties, referenceFiles, python)).toEqual([]);
  });

  test('from the suite to the properties, the reference and Python', () => {
    expect(strays(conformance, conformance, properties, referenceFiles, python)).toEqual([]);
  });

  test('from the command to all of them', () => {
    expect(strays(cli, cli, conformance, properties, referenceFiles, python)).toEqual([]);
  });

  test('from what makes the wheel to the suite', () => {
    expect(strays(wheel, wheel, conformance)).toEqual([]);
  });

  test('from the bench to all of them, and from none to the bench', () => {
    expect(strays(bench, bench, cli, conformance, properties, referenceFiles, python)).toEqual([]);
  });

  test('and each file is of one of these parts', () => {
    const parts = [python, referenceFiles, properties, conformance, cli, wheel, bench];
    expect(sources.filter(({ file }) => !parts.some((part) => part(file)))).toEqual([]);
    for (const part of parts) expect(sources.filter(({ file }) => part(file)).length).toBeGreaterThan(0);
  });

  test('a subject and a report know nothing of the run', () => {
    expect(
      strays(
        isIn('src/conformance/subjects', 'src/conformance/reports'),
        (file) => !file.endsWith('/run.ts'),
      ),
    ).toEqual([]);
  });
});

/**
 * For each file in an import cycle, the shortest cycle through it, including imports of types. Each cycle is listed
 * once.
 */
function circlesIn(files: readonly Source[]): string[] {
  const importsIn = new Map(files.map(({ file, imports }) => [file, imports]));
  const wayBack = (start: string): string[] | undefined => {
    const ways = [[start]];
    const seen = new Set<string>();
    for (const way of ways) {
      for (const name of importsIn.get(way.at(-1)!) ?? []) {
        if (name === start) return way;
        if (!seen.has(name)) ways.push([...way, name]);
        seen.add(name);
      }
    }
    return undefined;
  };
  const circles = files.flatMap(({ file }) => {
    const way = wayBack(file);
    if (way === undefined) return [];
    const first = way.indexOf(way.toSorted()[0]!);
    return [[...way.slice(first), ...way.slice(0, first)].join(' > ')];
  });
  return [...new Set(circles)];
}

describe('imports make no circle', () => {
  test('between files', () => expect(circlesIn(all)).toEqual([]));

  test('that would pass unseen', () => {
    const source = (file: string, ...imports: string[]): Source => ({ file, imports });
    expect(
      circlesIn([
        source('a', 'b', 'fast-check'),
        source('b', 'c'),
        source('c', 'd', 'b'),
        source('d', 'a'),
        source('e', 'a'),
        source('f', 'f'),
      ]),
    ).toEqual(['a > b > c > d', 'b > c', 'f']);
  });
});

describe('packages', () => {
  const packagesOf = (of: (file: string) => boolean): string[] =>
    [
      ...new Set(sources.filter(({ file }) => of(file)).flatMap(({ imports }) => imports.filter(isPackage))),
    ].toSorted();

  test('what a browser may run uses nothing of Node', () => {
    for (const part of [python, referenceFiles, properties]) {
      expect(packagesOf(part).filter((name) => name.startsWith('node:'))).toEqual([]);
    }
    // Proves that the search finds imports at all.
    expect(packagesOf(conformance)).toContain('node:fs');
  });

  test('what a TypeScript caller gets uses no package but ts-pattern', () => {
    const used = [...packagesOf(python), ...packagesOf(referenceFiles)];
    expect(used.filter((name) => name !== 'ts-pattern')).toEqual([]);
  });

  test('what is used is what an installation brings', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const used = packagesOf(() => true).filter((name) => !name.startsWith('node:'));
    expect(used).toEqual(Object.keys(dependencies).toSorted());
  });
});

test('nothing that ships uses what is for tests', () => {
  const used = sources.flatMap(({ file, imports }) =>
    imports.filter(isForTests).map((name) => `${file} uses ${name}`),
  );
  expect(used).toEqual([]);
});
