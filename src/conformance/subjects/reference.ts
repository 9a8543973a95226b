import { answer, type Target } from '../../reference.ts';
import { features, type Hello } from '../features.ts';
import type { Subject } from './subject.ts';
import { packageVersion } from '../package.ts';

export const referenceHello = (target: Target): Hello => ({
  implementation: { name: 'pycache-spec', version: packageVersion() },
  python: target.version,
  platform: target.platform,
  supports: new Set(features.filter((feature) => feature !== 'pycache_prefix' && feature !== 'cwd')),
  fixed: {},
});

/** The reference, in this process. */
export const referenceSubject = (target: Target): Subject => ({
  hello: referenceHello(target),
  ask: (calls) => Promise.resolve(calls.map((call) => answer(call, target))),
  close: () => Promise.resolve(),
});
