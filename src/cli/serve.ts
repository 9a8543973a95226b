import { decodeCall, outcomeText, EncodingError, fieldsOf, toLine, type Json } from '../conformance/codec.ts';
import { referenceHello } from '../conformance/subjects/reference.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { formatVersion } from '../python/releases.ts';
import { answer, type Target } from '../reference.ts';
import { readTarget } from './target.ts';
import { noPositionals, readOptions } from './usage.ts';

export const serve = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions('serve', args);
    noPositionals(positionals);
    const target = readTarget(values);
    let number = 0;
    for await (const line of linesOf(process.stdin)) {
      number++;
      try {
        const reply = replyTo(JSON.parse(line) as Json, target);
        if (reply === undefined) return 0;
        process.stdout.write(`${reply}\n`);
      } catch (error) {
        if (!(error instanceof EncodingError || error instanceof SyntaxError)) throw error;
        console.error(
          `pycache-spec serve: line ${number} is not a request of the protocol: ${error.message}`,
        );
        return exitCodes.usage;
      }
    }
    return 0;
  },
};

/** Unlike node:readline, does not end a line at U+2028. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  let partial = '';
  for await (const chunk of input.setEncoding('utf8')) {
    const [first = '', ...more] = (chunk as string).split('\n');
    partial += first;
    for (const start of more) {
      yield partial;
      partial = start;
    }
  }
  if (partial !== '') yield partial;
}

/** @returns undefined at the end of the conversation */
function replyTo(request: Json, target: Target): string | undefined {
  const { op, seq, calls } = fieldsOf(request, 'a request');
  if (op === 'bye') return undefined;
  if (op === 'hello') {
    const { implementation, functions, supports } = referenceHello(target);
    return toLine({
      protocol: 1,
      implementation,
      python: formatVersion(target.version),
      platform: target.platform,
      functions,
      supports: [...supports],
    });
  }
  if (op !== 'call' || typeof seq !== 'number' || !Array.isArray(calls)) {
    throw new EncodingError('a request is hello, call with seq and calls, or bye');
  }
  const outcomes = (calls as readonly Json[]).map((json) => outcomeText(answer(decodeCall(json), target)));
  return `{"seq":${seq},"outcomes":[${outcomes.join(',')}]}`;
}
