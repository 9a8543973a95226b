/*
 * An adapter for a function in JavaScript. Copy it to pycache-adapter.mjs:
 *
 *     npx pycache-spec check -- node pycache-adapter.mjs
 */
import { posix } from 'node:path';
import { createInterface } from 'node:readline';

/** The function to check: import your own instead, and describe its domain below. */
function cachePath(source, tag, level, prefix) {
  const { dir, name, ext } = posix.parse(source);
  if (ext === '') throw new RangeError(`${source} has no extension`);
  const segment = level === 0 ? '' : `.opt-${level}`;
  const file = `${name}.${tag}${segment}.pyc`;
  if (prefix !== null) return posix.join(prefix, dir, file);
  return posix.join(dir, '__pycache__', file);
}

const hello = {
  protocol: 1,
  implementation: { name: 'my tool', version: '1.0', language: 'JavaScript' },
  // The CPython release and the platform whose paths the function computes.
  python: '3.13.0',
  platform: 'posix',
  supports: ['optimization', 'cache_tag', 'pycache_prefix'],
  // The working directory does not matter: all paths are absolute.
  fixed: { optimize: 0, cwd: '/' },
  // Suitable for a bundler: normalized absolute paths of .py files, none of them in the root, with an optional prefix.
  domain: {
    path: { suffixes: ['.py'], form: 'absolute', normalized: true, nested: true },
    optimization: ['', 1, 2],
    cache_tag: ['cpython-312', 'cpython-313', 'cpython-314', 'pypy311'],
    pycache_prefix: [null, { form: 'absolute', normalized: true }],
    characters: 'text',
  },
};

/** The outcome of a call. */
function outcome({ env, args, kwargs }) {
  // Without optimization, Python gets the empty text, and the function gets 0.
  const level = kwargs.optimization || 0;
  try {
    return { return: cachePath(args[0], env.cache_tag, level, env.pycache_prefix) };
  } catch (error) {
    // Errors that Python also raises must have Python's name.
    return { raise: error instanceof RangeError ? 'ValueError' : error.name };
  }
}

/** The reply to a request. */
function replyTo({ op, seq, calls }) {
  return op === 'hello' ? hello : { seq, outcomes: calls.map(outcome) };
}

// The protocol: one line per request, and one line per reply.
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.op === 'bye') break;
  process.stdout.write(`${JSON.stringify(replyTo(request))}\n`);
}
