import type { Platform } from '../python/interpreter.ts';
import { hasSince, type Since } from '../python/releases.ts';
import type { Target } from '../reference.ts';

/** Of which interpreters a rule holds. */
export type Bounds = {
  readonly since: Since;
  /** The first releases that have it no more. */
  readonly before?: Since;
  readonly platforms: readonly Platform[];
};

export const appliesTo = ({ since, before, platforms }: Bounds, { version, platform }: Target): boolean =>
  hasSince(version, since) &&
  !(before !== undefined && hasSince(version, before)) &&
  platforms.includes(platform);
