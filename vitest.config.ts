import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

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
  test: {
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
