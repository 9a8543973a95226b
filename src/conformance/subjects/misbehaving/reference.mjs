/* The right answers, as an adapter sends them. Needs the build. */
import { decodeCall, encodeOutcome } from '../../../../dist/src/conformance/codec.js';
import { answer } from '../../../../dist/src/reference.js';

const target = { version: [3, 12, 1], platform: 'posix' };

export { hello } from './hello.mjs';
export const outcomeOf = (call) => encodeOutcome(answer(decodeCall(call), target));
