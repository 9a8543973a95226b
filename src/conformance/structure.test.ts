/* Which part of the house may use which. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from './package.ts';

const root = packageRoot();

/** A source file, by its path from the root, and what it imports: a path from the root, or a package. */
type Source = { readonly file: string; readonly imports: readonly string[] };

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.ts') && !isForTests(file))
    .map((file) => ({ file, imports: importsOf(file) }));
}

const isForTests = (file: string): boolean => /(\.test|\/testing)\.ts$/.test(file);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const named = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';/gms)];
  const bare = [...text.matchAll(/^import '([^']+)';/gm), ...text.matchAll(/\bimport\('([^']+)'\)/g)];
  return [...named, ...bare].map(([, name]) =>
    name!.startsWith('.') ? relative(root, join(root, dirname(file), name!)) : name!,
  );
}

const sources = [...sourcesIn('src'), ...sourcesIn('properties')];
const isIn =
  (...parts: readonly string[]) =>
  (file: string): boolean =>
    parts.some((part) => file === part || file.startsWith(`${part}/`));

const python = isIn('src/python');
const referenceFiles = isIn(
  'src/cache-from-source.ts',
  'src/placement.ts',
  'src/onlooker.ts',
  'src/windows-placement.ts',
  'src/reference.ts',
  'src/index.ts',
);
const properties = isIn('properties');
const conformance = isIn('src/conformance');
const cli = isIn('src/cli');
const bench = isIn('src/bench');
const isPackage = (name: string): boolean =>
  !name.includes('/') || name.startsWith('node:') || name.startsWith('@');

/** The imports of some files that are not of the parts that they may use. */
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

  test('from the bench to all of them, and from none to the bench', () => {
    expect(strays(bench, bench, cli, conformance, properties, referenceFiles, python)).toEqual([]);
  });

  test('and each file is of one of these parts', () => {
    const parts = [python, referenceFiles, properties, conformance, cli, bench];
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

describe('packages', () => {
  const packagesOf = (of: (file: string) => boolean): string[] =>
    [
      ...new Set(sources.filter(({ file }) => of(file)).flatMap(({ imports }) => imports.filter(isPackage))),
    ].toSorted();

  test('what a browser may run uses nothing of Node', () => {
    for (const part of [python, referenceFiles, properties]) {
      expect(packagesOf(part).filter((name) => name.startsWith('node:'))).toEqual([]);
    }
    // That nothing is found is not because nothing is looked at.
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
