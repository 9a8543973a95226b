import {
  decodeCall,
  encodeOutcome,
  encodeState,
  EncodingError,
  fieldsOf,
  toLine,
  type Json,
} from '../conformance/codec.ts';
import { referenceHello } from '../conformance/subjects/reference.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { plainState, platforms, type Platform } from '../python/interpreter.ts';
import {
  formatVersion,
  known,
  newestKnown,
  oldestKnown,
  parseVersion,
  type Version,
} from '../python/releases.ts';
import { answer, type Target } from '../reference.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const serve = {
  usage: `pycache-spec serve [--python-version V] [--platform posix]
    the reference as an adapter: speaks the protocol on stdin and stdout`,
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions(args, {
      'python-version': { type: 'string', default: formatVersion(newestKnown) },
      platform: { type: 'string', default: 'posix' },
    });
    noPositionals(positionals);
    const target = {
      version: readVersion(values['python-version']),
      platform: readPlatform(values.platform),
    };
    let number = 0;
    for await (const line of linesOf(process.stdin)) {
      number++;
      try {
        const reply = replyTo(JSON.parse(line) as Json, target);
        if (reply === undefined) return 0;
        process.stdout.write(`${toLine(reply)}\n`);
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

/** Not of node:readline, for which a line ends at U+2028 too. */
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
function replyTo(request: Json, target: Target): Json | undefined {
  const { op, seq, calls } = fieldsOf(request, 'a request');
  if (op === 'bye') return undefined;
  if (op === 'hello') {
    const { implementation, supports } = referenceHello(target);
    const { pycache_prefix, cwd } = fieldsOf(encodeState(plainState(target.version)), 'the state');
    return {
      protocol: 1,
      implementation,
      python: formatVersion(target.version),
      platform: target.platform,
      supports: [...supports],
      fixed: { pycache_prefix: pycache_prefix ?? null, cwd: cwd ?? '/' },
    };
  }
  if (op !== 'call' || typeof seq !== 'number' || !Array.isArray(calls)) {
    throw new EncodingError('a request is hello, call with seq and calls, or bye');
  }
  return {
    seq,
    outcomes: (calls as readonly Json[]).map((json) => {
      const call = decodeCall(json);
      if (call.state.pycachePrefix !== null) return { unsupported: 'pycache_prefix' };
      return encodeOutcome(answer(call, target));
    }),
  };
}

/** @throws UsageError */
function readVersion(text: string): Version {
  const version = parseVersion(text);
  if (!version) throw new UsageError(`'${text}' is not a Python version such as 3.12.1`);
  if (known(version) !== 'known') {
    throw new UsageError(
      `Python ${text} is not specified: the releases from ${formatVersion(oldestKnown)} to those of ${newestKnown.slice(0, 2).join('.')} are`,
    );
  }
  return version;
}

/** @throws UsageError */
function readPlatform(text: string): Platform {
  const platform = platforms.find((one) => one === text);
  if (!platform)
    throw new UsageError(`'${text}' is not a platform that is specified; they are ${platforms.join(', ')}`);
  return platform;
}
