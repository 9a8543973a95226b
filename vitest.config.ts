import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

const root = import.meta.dirname;
const dist = join(root, 'dist');

/**
 * Tests import the built modules, which Node runs faster than those that vitest transforms. The build precedes every
 * run, so that no test sees an older one.
 */
const built: Plugin = {
  name: 'built',
  enforce: 'pre',
  resolveId(source, importer) {
    // The helpers of tests import what is not built.
    if (importer === undefined || !/^\..*(?<!\/testing)\.ts$/.test(source)) return undefined;
    const path = resolve(dirname(importer), source);
    const own = join(dist, relative(root, path).replace(/\.ts$/, '.js'));
    return existsSync(path) && existsSync(own) ? own : undefined;
  },
};
execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')], {
  cwd: root,
  stdio: 'inherit',
});

/** Lists the skipped tests by name, and ends the output with the counts of the run. */
const counts: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string): typeof tests => tests.filter((test) => test.result().state === state);
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const skipped = inState('skipped');
    for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
    const failed = inState('failed').length + broken + errors.length;
    console.log(
      `${inState('passed').length} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    );
  },
};

export default defineConfig({
  plugins: [built],
  test: {
    server: { deps: { external: [/\/dist\//] } },
    include: ['{src,properties,fixtures,spec/.vitepress}/**/*.test.ts'],
    globalSetup: 'spec/.vitepress/server.ts',
    pool: 'threads',
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism()),
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', counts],
  },
});
