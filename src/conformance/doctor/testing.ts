/* For the tests: a small adapter in JavaScript that can be given a mistake. */
import type { Deadlines } from '../subjects/adapter.ts';
import { startProcess } from '../subjects/process.ts';
import { examine, type Result } from './examine.ts';

/** A well-formed adapter. It builds the path from its arguments, and leaves their text unchanged. */
const wellFormed = String.raw`
let hello = {
  protocol: 1,
  implementation: { name: 'small', version: '1.0.0' },
  python: '3.12.1',
  platform: 'posix',
  supports: ['optimization', 'cache_tag'],
  fixed: { optimize: 0 },
};
let pointsOf = (text) =>
  typeof text === 'string' ? Array.from(text, (one) => one.codePointAt(0)) : text.str;
let integer = ({ int }) => int;
let level = (value) => (value?.int === undefined ? value : integer(value));
let ending = (value) => {
  const text = level(value) ?? '';
  return text === '' ? [] : [...pointsOf('.opt-'), ...pointsOf(typeof text === 'number' ? String(text) : text)];
};
let encoded = (points) => ({ str: points });
let path = ({ args, kwargs = {}, env }) => encoded([
  ...pointsOf(args[0]).slice(0, -'.py'.length),
  ...pointsOf('.'),
  ...pointsOf(env.cache_tag ?? ''),
  ...ending(kwargs.optimization),
]);
let outcome = (call) => ({ return: path(call) });
let outcomes = (calls) => calls.map(outcome);
let reply = (request) =>
  request.op === 'hello' ? hello : { seq: request.seq, outcomes: outcomes(request.calls) };
let lineOf = (json) => JSON.stringify(json) + '\n';
let write = (json) => process.stdout.write(lineOf(json));
let bye = () => process.exit(0);
let end = () => process.exit(0);
let take = (line) => {
  const request = JSON.parse(line);
  if (request.op === 'bye') bye();
  else write(reply(request));
};
let partial = '';
let receive = (chunk) => {
  const lines = (partial + chunk).split('\n');
  partial = lines.pop();
  for (const line of lines) take(line);
};
let listen = () => {
  process.stdin.setEncoding('utf8').on('data', (chunk) => receive(chunk)).on('end', () => end());
};
`;

/** @param mistake JavaScript that redefines parts of the adapter */
export const smallAdapter = (mistake = ''): string[] => [
  process.execPath,
  '-e',
  `${wellFormed}\n${mistake}\nlisten();`,
];

/** Generous time limits, so that only the one under test is exceeded. */
const patience: Deadlines = { hello: 60_000, call: 60_000, message: 60_000, bye: 30_000 };

/** The results of the doctor for a command. */
export function diagnose(command: readonly string[], deadline: Partial<Deadlines> = {}): Promise<Result[]> {
  const { signal } = new AbortController();
  const deadlines = { ...patience, ...deadline };
  return examine({ launch: () => startProcess(command), deadlines, signal, sample: 20 }, () => {});
}
