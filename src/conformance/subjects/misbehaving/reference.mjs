/* What is right, as an adapter says it. What was built has to be there. */
import { decodeCall, encodeOutcome } from '../../../../dist/src/conformance/codec.js';
import { answer } from '../../../../dist/src/reference.js';

const target = { version: [3, 12, 1], platform: 'posix' };

export const hello = {
  protocol: 1,
  implementation: { name: 'rig', version: '1.0.0' },
  python: '3.12.1',
  platform: 'posix',
  supports: [
    'optimization',
    'debug_override',
    'path_like',
    'cache_tag',
    'optimize',
    'warnings',
    'messages',
    'python_calls',
    'objects',
    'values',
  ],
};
export const outcomeOf = (call) => encodeOutcome(answer(decodeCall(call), target));
