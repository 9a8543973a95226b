import type { Platform } from '../python/interpreter.ts';
import { hasSince, type Since } from '../python/releases.ts';
import type { Target } from '../reference.ts';

/** The interpreters that a rule applies to. */
export type Bounds = {
  readonly since: Since;
  /** The first release of each series to which it no longer applies. */
  readonly before?: Since;
  readonly platforms: readonly Platform[];
};

export const appliesTo = ({ since, before, platforms }: Bounds, { version, platform }: Target): boolean =>
  hasSince(version, since) &&
  !(before !== undefined && hasSince(version, before)) &&
  platforms.includes(platform);
