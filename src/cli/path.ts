import { fstatSync } from 'node:fs';
import { encodeOutcome, encodeValue, fieldsOf, toLine, type Json } from '../conformance/codec.ts';
import { exitCodes } from '../conformance/verdict.ts';
import type { Answered } from '../python/call.ts';
import type { Platform } from '../python/interpreter.ts';
import { Str, str } from '../python/text.ts';
import { answer, isOfBytecode } from '../reference.ts';
import { encode, readPaths } from './bytes.ts';
import { Collisions } from './collisions.ts';
import { likeJson, readQuestion, requireWorkingDirectory, type Question } from './question.ts';
import { readOptions, UsageError } from './usage.ts';

export const path = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals, given } = readOptions('path', args);
    requirePaths('path takes a PATH', positionals);
    const question = readQuestion(values, given);
    const collisions = values.collisions
      ? new Collisions(question.target.platform, question.state.cwd)
      : undefined;
    const report = collisions
      ? inCollisions(collisions)
      : values.json
        ? inJson(question)
        : inText(values.null ? '\0' : '\n');
    let raised = false;
    let hinted = false;
    for await (const { paths, where } of batches(positionals, values.null, question.target.platform)) {
      const to: Written = { out: '', err: '' };
      try {
        for (const [i, path] of paths.entries()) {
          const outcome = answer(question.call(path), question.target);
          if (!hinted && isOfBytecode(path, question.state, question.target)) {
            to.err += `pycache-spec: ${where(i)}this is the path of a bytecode file; for its source, use pycache-spec source\n`;
            hinted = true;
          }
          if (outcome.kind === 'raise') {
            requireWorkingDirectory(outcome, question, where(i));
            raised = true;
          }
          report(path, outcome, () => where(i), to);
        }
      } catch (error) {
        await pass(to);
        throw error;
      }
      if (!(await pass(to))) break;
    }
    const shared = collisions?.print(values, ['result', 'paths']) ?? '';
    await pass({ out: shared, err: '' });
    return raised || shared !== '' ? exitCodes.broken : 0;
  },
};

/** @throws UsageError */
export function requirePaths(takes: string, positionals: readonly string[]): void {
  if (positionals.length === 0) throw new UsageError(`${takes}, or - to read them from stdin`);
  if (positionals.filter((one) => one === '-').length > 1) {
    throw new UsageError(
      'stdin can be read only once, but - is given several times (for a file of that name, write ./-)',
    );
  }
}

/** A batch of paths, and the prefix of an error message that identifies the path. */
export type Batch = { readonly paths: readonly Str[]; readonly where: (i: number) => string };

/** The named paths. `-` stands for those on stdin. */
export async function* batches(
  positionals: readonly string[],
  nul: boolean,
  platform: Platform,
): AsyncGenerator<Batch> {
  for (const [i, positional] of positionals.entries()) {
    if (positional === '-') yield* fromStdin(nul, platform);
    else {
      const where = positionals.length === 1 ? '' : `path ${i + 1}: `;
      yield { paths: [str(positional)], where: () => where };
    }
  }
}

async function* fromStdin(nul: boolean, platform: Platform): AsyncGenerator<Batch> {
  let before = 0;
  const noun = nul ? 'item' : 'line';
  const dropped = !nul && platform === 'win32' ? '\r' : '';
  // Node reads a directory as an empty file.
  if (fstatSync(process.stdin.fd).isDirectory()) throw new UsageError('stdin is a directory');
  const input = process.stdin as AsyncIterable<Buffer>;
  for await (const paths of readPaths(input, nul ? '\0' : '\n', dropped)) {
    const first = before + 1;
    yield { paths, where: (i) => `${noun} ${first + i}: ` };
    before += paths.length;
  }
}

export type Written = { out: string; err: string };
type Report = (path: Str, outcome: Answered, where: () => string, to: Written) => void;

/** Shows each warning once, in Python's format. */
function inText(terminator: string): Report {
  const shown = new Set<string>();
  return (_, outcome, where, to) => {
    for (const { category, message = Str.empty } of outcome.warnings ?? []) {
      const line = `pycache-spec: ${category}: ${message.units}\n`;
      if (!shown.has(line)) to.err += line;
      shown.add(line);
    }
    if (outcome.kind === 'return') to.out += `${(outcome.value as Str).units}${terminator}`;
    else to.err += `pycache-spec: ${where()}${outcome.type}: ${outcome.message?.units}\n`;
  };
}

/** Shows only errors. The results are evaluated together at the end. */
function inCollisions(collisions: Collisions): Report {
  const report = inText('');
  return (path, outcome, where, to) => {
    if (outcome.kind === 'return') collisions.add(path, outcome.value as Str);
    const both: Written = { out: '', err: '' };
    report(path, outcome, where, both);
    to.err += both.err;
  };
}

function inJson(question: Question): Report {
  const state = likeJson(question);
  return (path, outcome, _, to) => {
    to.out += `${toLine({ path: encodeValue(path), ...outcomeJson(outcome), ...state })}\n`;
  };
}

/** The keys `result` or `error`, and `warnings` if there are any. */
export function outcomeJson(outcome: Answered): { readonly [key: string]: Json } {
  const {
    return: result,
    raise: type,
    message,
    ...warnings
  } = fieldsOf(encodeOutcome(outcome), 'an outcome');
  return outcome.kind === 'return'
    ? { result: result!, ...warnings }
    : { error: { type: type!, message: message! }, ...warnings };
}

/** @returns whether stdout still has a reader */
export async function pass({ out, err }: Written): Promise<boolean> {
  await write(process.stderr, err);
  return write(process.stdout, out);
}

/** Waits until the text is written, or writing fails. */
function write(stream: NodeJS.WriteStream, text: string): Promise<boolean> {
  if (text === '') return Promise.resolve(true);
  return new Promise((resolve) => {
    stream.write(encode(text), (error) => resolve(!error));
  });
}
