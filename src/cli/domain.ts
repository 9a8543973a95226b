/* The option --domain, which narrows an adapter's domain for one run. */
import { readFileSync } from 'node:fs';
import { EncodingError, type Json } from '../conformance/codec.ts';
import { refuseContradiction } from '../conformance/domain/agreed.ts';
import { decodeDomain } from '../conformance/domain/declared.ts';
import { domainInWords } from '../conformance/domain/words.ts';
import { whyUnreadable } from '../conformance/stream.ts';
import type { Subject } from '../conformance/subjects/subject.ts';
import { UsageError } from './usage.ts';

const name = '--domain';

/**
 * A given domain: JSON, or a file that contains it.
 * @returns null if none was given
 * @throws UsageError
 */
export function readDomain(given: string | undefined): Json {
  if (given === undefined) return null;
  const isJson = /^\s*[{[]/.test(given);
  const text = isJson ? given : contents(given);
  const where = isJson ? name : `${name}: ${given}`;
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  asUsage(() => decodeDomain(json, 'posix', name));
  return json;
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${name} takes JSON such as {"characters":"text"}, or a file with it; '${file}' cannot be read: ${whyUnreadable(error)}`,
      { cause: error },
    );
  }
}

/**
 * The subject, restricted to the calls that are also in a further domain.
 * @throws UsageError if there are none
 */
export function narrowed(subject: Subject, further: Json): Subject {
  if (further === null) return subject;
  const { hello } = subject;
  const own = asUsage(() => decodeDomain(further, hello.platform, name));
  const domain = hello.domain.narrowedBy(own);
  if (domain === undefined) {
    const declared = hello.domain.isWhole ? '' : ` (${domainInWords(hello.domain)})`;
    throw new UsageError(`${name} has no call in common with the adapter's domain${declared}`);
  }
  const narrower = { ...hello, domain };
  asUsage(() => refuseContradiction(narrower, name));
  return {
    hello: narrower,
    ask: (calls) => subject.ask(calls),
    stopped: () => subject.stopped(),
    close: () => subject.close(),
  };
}

/** @throws UsageError in place of an EncodingError */
function asUsage<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof EncodingError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
