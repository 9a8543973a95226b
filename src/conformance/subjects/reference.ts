import { functions } from '../../python/call.ts';
import type { Target } from '../../reference.ts';
import { Domain } from '../domain/domain.ts';
import { features, type Hello } from '../features.ts';
import { packageVersion } from '../package.ts';

/** The hello of the reference as a subject. */
export const referenceHello = (target: Target): Hello => ({
  implementation: { name: 'pycache-spec', version: packageVersion() },
  python: target.version,
  platform: target.platform,
  functions,
  supports: new Set(features),
  fixed: {},
  domain: new Domain({}, target.platform),
});
