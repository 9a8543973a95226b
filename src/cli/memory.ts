/* How V8 manages the memory of this process. */
import { setFlagsFromString } from 'node:v8';

/** Keeps the peak memory of a long check near that of a short one, at no cost in time. */
export function boundMemory(): void {
  // Calls outlive a collection while they wait for their replies. V8 takes that as a sign to create further ones in the
  // old generation at once, where they pile up as garbage, with everything that they refer to.
  setFlagsFromString('--no-allocation-site-pretenuring');
  // Without them, that generation grows so slowly that it can be collected each time it has grown by a fifth.
  setFlagsFromString('--heap-growing-percent=20');
}
