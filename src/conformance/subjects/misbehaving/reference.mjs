/* What is right, as an adapter says it. What was built has to be there. */
import { decodeCall, encodeOutcome } from '../../../../dist/src/conformance/codec.js';
import { answer } from '../../../../dist/src/reference.js';

const target = { version: [3, 12, 1], platform: 'posix' };

export { hello } from './hello.mjs';
export const outcomeOf = (call) => encodeOutcome(answer(decodeCall(call), target));
