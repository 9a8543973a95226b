/* For tests: calls of both functions. */
import fc from 'fast-check';
import { properties } from '../../../../properties/index.ts';
import { readChapters } from '../../../../src/conformance/chapters.ts';
import { encodeCall, toLine } from '../../../../src/conformance/codec.ts';
import type { Call } from '../../../../src/python/call.ts';
import { platforms } from '../../../../src/python/interpreter.ts';
import { formatVersion, releaseOf } from '../../../../src/python/releases.ts';
import { everyTarget, type Target } from '../../../../src/reference.ts';
import { plainForm, usualOptimizations, type Form } from './form.ts';
import rulesData from './rules.data.ts';

export type Asked = { readonly call: Call; readonly target: Target };

/** The rules as the page gets them. */
export const rules = rulesData.load();

/** Drawn calls, the same in each run: this many per chapter, spread over all releases and both platforms. */
export function drawnCalls(count: number): Asked[] {
  const targets = everyTarget();
  return properties.flatMap(({ calls }, chapter) =>
    targets
      .filter((_, i) => i % Math.ceil(targets.length / count) === chapter % Math.ceil(targets.length / count))
      .flatMap((target, i) => {
        const scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
        const numRuns = Math.max(1, Math.round(count / targets.length));
        return fc
          .sample(calls(scope), { seed: 1000 * chapter + i, numRuns })
          .map((call) => ({ call, target }));
      }),
  );
}

/** The examples of the chapters. */
export const exampleCalls = (): Asked[] =>
  readChapters()
    .filter(({ name }) => properties.some(({ chapter }) => chapter === name))
    .flatMap(({ rules }) =>
      rules.flatMap(({ examples }) => examples.map(({ call, target }) => ({ call, target }))),
    );

/** A key that is equal for equal questions. A working directory that nothing reads is ignored. */
export function identityOf({ call, target }: Asked): string {
  const { state } = call;
  const read = state.pycachePrefix === null ? { ...state, cwd: null } : state;
  return toLine([encodeCall({ ...call, state: read }), formatVersion(target.version), target.platform]);
}

const lineOfText = fc.string({
  unit: fc.constantFrom(...`abc019 ./\\:'"%&+#=?-é\u{1f600}_(),[]`),
  maxLength: 30,
});

/** Fields with possible content. */
export const anyForm: fc.Arbitrary<Form> = fc.record({
  kind: fc.constantFrom('text', 'value', 'call'),
  path: fc.oneof(
    lineOfText,
    fc.constantFrom(
      plainForm().path,
      "'a.py'",
      "cache_from_source('a.py', 2)  # python='3.8.0'",
      'a/__pycache__/b.T.pyc',
      "'__pycache__/b.T.pyc'",
      "source_from_cache('a/b.T.pyc')",
    ),
  ),
  optimization: fc.constantFrom('none', 'text', 'value', ...usualOptimizations),
  optimizationText: lineOfText,
  debugOverride: fc.constantFrom('none', 'true', 'false'),
  version: fc.constantFrom(...everyTarget().map(({ version }) => formatVersion(version))),
  platform: fc.constantFrom(...platforms),
  cacheTag: fc.constantFrom('own', 'none', 'text'),
  cacheTagText: lineOfText,
  optimize: fc.integer({ min: -3, max: 5 }).map(String),
  pycachePrefix: fc.constantFrom('none', 'text'),
  pycachePrefixText: lineOfText,
  cwd: fc.constantFrom('usual', 'text', 'removed'),
  cwdText: lineOfText,
});
