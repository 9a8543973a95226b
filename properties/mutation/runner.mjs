/*
 * A test runner for Stryker that stays in one process. Vitest's own starts a thread for each mutant, which takes
 * longer than most tests: here each file of tests is bundled once, with all that it imports, and evaluated anew
 * for each mutant, so that nothing is remembered from one to the next.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { rolldown } from 'rolldown';

const require = createRequire(import.meta.url);
const own = (name) => join(import.meta.dirname, name);

/** What the tests import that is replaced here. */
const standIns = [
  [/^vitest$/, own('vitest.mjs')],
  [/^fast-check$/, own('fast-check.mjs')],
  [/\/fixtures\/(present|unicode)\.ts$/, own('absent.mjs')],
];

/**
 * Bundles a file of tests into one that exports the tests that it declares.
 *
 * @returns the bundle, and the same without the counting of what is covered, which takes most of the time
 */
async function bundle(file) {
  const root = process.cwd();
  const entry = `\0${file}`;
  const built = await rolldown({
    cwd: root,
    input: entry,
    platform: 'node',
    treeshake: false,
    external: /^(node:|@vitest\/|chai$|fast-check$|ts-pattern$)/,
    transform: {
      define: {
        'import.meta.dirname': JSON.stringify(root),
        'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'x.js')).href),
      },
    },
    plugins: [
      {
        name: 'stand-ins',
        resolveId: (id, importer) =>
          id === entry
            ? id
            : standIns.find(([pattern, standIn]) => pattern.test(id) && importer !== standIn)?.[1],
        load: (id) =>
          id === entry
            ? `import ${JSON.stringify(join(root, file))};\nexport { collected } from 'vitest';`
            : undefined,
      },
    ],
  });
  const { output } = await built.generate({ format: 'cjs', codeSplitting: false });
  await built.close();
  const compiled = (text) =>
    new Script(`(function (exports, require) {${text}\n})`, {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  const { code } = output[0];
  return {
    counted: compiled(code),
    uncounted: compiled(code.replaceAll(/function stryCov_\w+\(\) \{/g, '$& return;')),
  };
}

/** A file of tests, or those in a folder. */
const testsIn = (path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(path)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => `${path}/${name}`);

class InProcess {
  constructor(options) {
    this.files = options.inProcess.files;
    this.without = options.inProcess.without;
    this.namespace = globalThis.__stryker__ ??= {};
    /** The bundles of each file of tests. */
    this.bundles = new Map();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    for (const file of this.files.flatMap(testsIn)) this.bundles.set(file, await bundle(file));
  }

  /** A source file that has tests beside it is held by these and by those of the whole, not by those of its neighbours. */
  filesFor(source) {
    const isBeside = (file) => basename(file) === `${basename(source, '.ts')}.test.ts`;
    const files = [...this.bundles.keys()];
    const beside = files.filter(isBeside);
    const others = files.filter(
      (file) => !isBeside(file) && (beside.length === 0 || !file.startsWith('src/python/')),
    );
    return [...beside, ...others];
  }

  /** The tests of a file, evaluated anew. To evaluate it is a test too, with the name of the file. */
  *testsOf(file, how) {
    let collected = [];
    yield {
      id: file,
      body: () => {
        const exported = {};
        this.bundles.get(file)[how].runInThisContext()(exported, require);
        collected = exported.collected;
      },
    };
    for (const [i, { name, body }] of collected.entries()) {
      if (!this.without.includes(name)) yield { id: `${file} ${i} ${name}`, body };
    }
  }

  async dryRun() {
    const tests = [];
    this.namespace.activeMutant = undefined;
    this.namespace.mutantCoverage = { static: {}, perTest: {} };
    for (const file of this.bundles.keys()) {
      for (const { id, body } of this.testsOf(file, 'counted')) {
        this.namespace.currentTestId = id;
        const begun = performance.now();
        let failure;
        try {
          await body();
        } catch (error) {
          failure = String(error?.stack ?? error);
        }
        tests.push({
          id,
          name: id,
          fileName: file,
          timeSpentMs: performance.now() - begun,
          ...(failure === undefined
            ? { status: TestStatus.Success }
            : { status: TestStatus.Failed, failureMessage: failure }),
        });
      }
    }
    this.namespace.currentTestId = undefined;
    const empty = [...this.bundles.keys()].filter(
      (file) => !tests.some(({ id }) => id.startsWith(`${file} `)),
    );
    if (empty.length > 0)
      return { status: DryRunStatus.Error, errorMessage: `no tests in ${empty.join(', ')}` };
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.namespace.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
    const ran = { nrOfTests: 0 };
    this.namespace.activeMutant = activeMutant.id;
    this.namespace.hitCount = hitLimit === undefined ? undefined : 0;
    this.namespace.hitLimit = hitLimit;
    const wanted = testFilter && new Set(testFilter);
    const files = this.filesFor(sandboxFileName).filter(
      (file) => !wanted || testFilter.some((id) => id.startsWith(file)),
    );
    for (const file of files) {
      // What decides as the file is evaluated may decide any of its tests.
      const all = !wanted || wanted.has(file);
      for (const { id, body } of this.testsOf(file, 'uncounted')) {
        if (!all && id !== file && !wanted.has(id)) continue;
        ran.nrOfTests++;
        try {
          await body();
        } catch (error) {
          return (
            determineHitLimitReached(this.namespace.hitCount, hitLimit) ?? {
              ...ran,
              status: MutantRunStatus.Killed,
              killedBy: [id],
              failureMessage: String(error?.message ?? error).slice(0, 500),
            }
          );
        }
      }
    }
    return (
      determineHitLimitReached(this.namespace.hitCount, hitLimit) ?? {
        ...ran,
        status: MutantRunStatus.Survived,
      }
    );
  }
}

const create = (options) => new InProcess(options);
create.inject = tokens(commonTokens.options);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', create)];
