/*
 * A test runner for Stryker that stays in one process. Vitest's own starts a thread for each mutant, which takes longer
 * than most tests. This one bundles each test file once, with everything that it imports.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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

/** Replacements for modules that the tests import. */
const standIns = [
  [/^vitest$/, own('vitest.mjs')],
  [/^fast-check$/, own('fast-check.mjs')],
  [/\/fixtures\/(present|unicode)\.ts$/, own('absent.mjs')],
];

/**
 * Bundles a test file into a module that exports the tests it declares.
 *
 * @returns the bundle, and the same without the coverage counters, which take most of the time
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

/** The path itself if it is a file, or else the test files in the folder. */
const testsIn = (path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(path)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => `${path}/${name}`);

class InProcess {
  constructor(options) {
    this.paths = options.inProcess.files;
    this.without = options.inProcess.without;
    this.namespace = globalThis.__stryker__ ??= {};
    /** The bundles of each test file. */
    this.bundles = new Map();
    /** The evaluated tests of each file: their functions by id. */
    this.evaluated = new Map();
    /** The order of the tests: those that failed last come first, then the fast ones. */
    this.rank = new Map();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    for (const file of this.paths.flatMap(testsIn)) this.bundles.set(file, await bundle(file));
  }

  evaluate(file, how) {
    const exported = {};
    this.bundles.get(file)[how].runInThisContext()(exported, require);
    const named = exported.collected.filter(({ name }) => !this.without.includes(name));
    return new Map(named.map(({ name, body }, i) => [`${file} ${i} ${name}`, body]));
  }

  /** Evaluating a file counts as a test, named after the file. */
  async dryRun() {
    const tests = [];
    const run = async (id, file, body) => {
      this.namespace.currentTestId = id;
      const begun = performance.now();
      const failure = await failureOf(body);
      const timeSpentMs = performance.now() - begun;
      this.rank.set(id, timeSpentMs);
      const told =
        failure === undefined
          ? { status: TestStatus.Success }
          : { status: TestStatus.Failed, failureMessage: failure.stack };
      tests.push({ id, name: id, fileName: file, timeSpentMs, ...told });
    };
    this.namespace.activeMutant = undefined;
    this.namespace.mutantCoverage = { static: {}, perTest: {} };
    for (const file of this.bundles.keys()) {
      let found = new Map();
      await run(file, file, () => {
        found = this.evaluate(file, 'counted');
      });
      if (found.size === 0) return { status: DryRunStatus.Error, errorMessage: `no tests in ${file}` };
      for (const [id, body] of found) await run(id, file, body);
    }
    this.namespace.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.namespace.mutantCoverage };
  }

  /**
   * Runs the tests that cover a mutant until one fails. Modules cache values, so modules that ran with other mutants
   * may hold wrong ones. With them, a failure counts only if the same test passes without this mutant, and a mutant
   * survives only after everything was re-evaluated with it.
   */
  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const { namespace } = this;
    // Stryker allows a hundred times the hits of all tests, which is too long to wait for.
    const limit = hitLimit && hitLimit / 20;
    const begin = (mutant) => {
      namespace.activeMutant = mutant;
      namespace.hitLimit = mutant && limit;
      namespace.hitCount = mutant && limit && 0;
    };
    const killed = (id, failure) => {
      for (const failed of [id, fileOf(id)]) this.rank.set(failed, -performance.now());
      return (
        determineHitLimitReached(namespace.hitCount, limit) ?? {
          status: MutantRunStatus.Killed,
          killedBy: [id],
          failureMessage: failure.message,
          nrOfTests: 1,
        }
      );
    };

    const byRank = (a, b) => (this.rank.get(a) ?? 0) - (this.rank.get(b) ?? 0);
    const files = [...new Set(testFilter.map(fileOf))].toSorted(byRank);
    const atEvaluation = files.some((file) => testFilter.includes(file));
    const inOrder = testFilter.toSorted(byRank);
    for (const id of atEvaluation ? [] : inOrder) {
      const body = this.testsOf(fileOf(id)).get(id);
      begin(activeMutant.id);
      const failure = await failureOf(body);
      if (failure === undefined) continue;
      const result = killed(id, failure);
      begin(undefined);
      if ((await failureOf(body)) === undefined) return result;
      this.evaluated.delete(fileOf(id));
      break;
    }

    begin(activeMutant.id);
    for (const file of files) {
      let tests = new Map();
      const failure = await failureOf(() => {
        tests = this.evaluate(file, 'uncounted');
      });
      if (failure !== undefined) return killed(file, failure);
      for (const [id, body] of tests) {
        const failure = await failureOf(body);
        if (failure !== undefined) return killed(id, failure);
      }
    }
    return (
      determineHitLimitReached(namespace.hitCount, limit) ?? {
        status: MutantRunStatus.Survived,
        nrOfTests: testFilter.length,
      }
    );
  }

  testsOf(file) {
    let tests = this.evaluated.get(file);
    if (tests === undefined) {
      this.namespace.activeMutant = undefined;
      this.evaluated.set(file, (tests = this.evaluate(file, 'uncounted')));
    }
    return tests;
  }
}

const fileOf = (id) => id.split(' ', 1)[0];

async function failureOf(body) {
  try {
    await body();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return undefined;
}

const create = (options) => new InProcess(options);
create.inject = tokens(commonTokens.options);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', create)];
