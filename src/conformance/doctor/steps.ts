/* The steps of the doctor. */
import { isDeepStrictEqual } from 'node:util';
import { callBack, type Call, type Outcome } from '../../python/call.ts';
import type { State } from '../../python/interpreter.ts';
import { formatVersion, known, newestKnown, oldestKnown } from '../../python/releases.ts';
import { callSource, outcomeSource, textSource, valueSource } from '../../python/source.ts';
import { str } from '../../python/text.ts';
import { py } from '../../python/values.ts';
import { answer } from '../../reference.ts';
import { decodeOutcome, encodeCall, EncodingError, excerpt, fieldsOf, valueText } from '../codec.ts';
import { consistsOf } from '../domain/paths.ts';
import { domainInWords } from '../domain/words.ts';
import { features, type Feature, type Hello } from '../features.ts';
import { count, grouped, inOneLine, shortened } from '../reports/wording.ts';
import { answeredIn } from './back.ts';
import { detourOf, holds } from './detours.ts';
import {
  callBackOf,
  claimedRelease,
  hasWayThere,
  insideOf,
  insidesOf,
  kindInside,
  kindsFor,
  lackingFor,
  plainCall,
  targetOf,
  usualState,
  type Kind,
} from './kinds.ts';
import { Breakdown, type Patient } from './patient.ts';
import { domainLine, remedyFor, usualDomains } from './remedy.ts';

/** Where a step reports its findings. */
export interface Notes {
  /** Reports something worth knowing. */
  note(text: string): void;
  /** Reports what is well-formed but probably not intended. */
  warn(text: string): void;
  /** Reports what is not well-formed. */
  fail(text: string): void;
  /** Reports that the adapter failed, at what `at` says. */
  breakdown(error: Breakdown, at?: string): void;
  /** How many times that happened in this step. */
  readonly breakdowns: number;
}

/** What was seen, in a few words, or why there was nothing to try. */
export type Said = string | { readonly notTried: string };

export type Step = {
  readonly name: string;
  /** @throws Breakdown */
  run(patient: Patient, notes: Notes): Promise<Said>;
};

/** After this many failures in a step, the adapter is not asked anything more in it. */
export const mostBreakdowns = 3;

/** What a check leaves out if the adapter lacks the feature. */
const unlooked: Readonly<Record<Feature, string>> = {
  optimization: 'what an optimization adds to the name',
  debug_override: 'the debug override',
  path_like: 'path objects',
  pycache_prefix: 'sys.pycache_prefix',
  cache_tag: 'cache tags other than its own',
  optimize: 'levels of -O other than its own',
  cwd: 'working directories other than its own',
  removed_cwd: 'a removed working directory',
  warnings: 'which warnings are given',
  messages: 'the messages of errors and warnings',
  python_calls: 'missing, extra and misnamed arguments',
  objects: 'objects with their own behaviour',
  values: 'arguments of other types',
};

const hello: Step = {
  name: 'hello',
  async run(patient, notes) {
    const start = performance.now();
    const said = await patient.meet();
    const took = performance.now() - start;
    const { implementation, python, platform, supports, fixed, domain } = said;
    notes.note(`It supports ${listed(features.filter((one) => supports.has(one)))}.`);
    if (said.functions.includes('source_from_cache')) notes.note(`It has ${listed(said.functions)}.`);
    const lacking = features.filter((one) => !supports.has(one));
    if (lacking.length > 0) {
      notes.note(
        `It does not support, so the following is not checked: ${lacking.map((one) => `${one} (${unlooked[one]})`).join(', ')}.`,
      );
    }
    const own = [
      ...(fixed.cacheTag === undefined ? [] : [`cache_tag=${valueSource(fixed.cacheTag)}`]),
      ...(fixed.optimize === undefined ? [] : [`optimize=${fixed.optimize}`]),
      ...(fixed.cwd === undefined ? [] : [`cwd=${valueSource(fixed.cwd)}`]),
    ];
    if (own.length > 0) notes.note(`Fixed: ${own.join(', ')}.`);
    if (!domain.isWhole) notes.note(`Its domain: ${domainInWords(domain)}. Nothing outside it is asked.`);
    const name = formatVersion(python);
    if (known(python) === 'older') {
      notes.warn(
        `Python ${name} is older than ${formatVersion(oldestKnown)}, the oldest release specified, so check rejects it.`,
      );
    }
    if (known(python) === 'newer') {
      notes.note(
        `Python ${name} is newer than the newest release specified, so check holds it to ${formatVersion(newestKnown)}.`,
      );
    }
    if (supports.has('pycache_prefix') && !supports.has('cwd') && fixed.cwd === undefined) {
      notes.warn(
        'It supports pycache_prefix, but it neither supports cwd nor has one under "fixed", so no call with a prefix can be made. Under "fixed", say what os.getcwd() returns.',
      );
    }
    return `${inOneLine(`${implementation.name} ${implementation.version}`)}, Python ${name}, ${platform}, ${Math.round(took)} ms`;
  },
};

const oneCall: Step = {
  name: 'one call',
  async run(patient, notes) {
    const said = await patient.meet();
    const call = plainCall(said, 'plain_name.py');
    const [outcome] = await patient.ask([call]);
    const problem = refusalOf(outcome!, call, said);
    const path = answeredIn('path', outcome!);
    patient.givesBack = path?.units.includes('plain_name') ?? false;
    const why = declineOf(outcome!);
    if (problem !== undefined) notes.fail(problem);
    else if (why !== undefined) await seekDomain(patient, notes, why);
    else if (outcome!.kind !== 'return') {
      notes.warn('The simplest call returns no path: does the adapter reach the function?');
    } else if (path === undefined) {
      notes.warn(
        'The function always returns a str, so a check counts this as wrong. Send the returned text as a plain str; only values that are not str have another form.',
      );
    } else if (!patient.givesBack) {
      notes.warn(
        'The answer does not contain the name that was sent, so it is not possible to tell whether values arrive unchanged.',
      );
    }
    return `${callSource(call)} gives ${cameText(outcome!)}`;
  },
};

const wayBack: Step = {
  name: 'way back',
  async run(patient, notes) {
    const said = await patient.meet();
    if (!said.functions.includes('source_from_cache')) {
      return { notTried: 'its hello does not name source_from_cache' };
    }
    const call = insideOf(said, callBackOf(said, str('plain_name.py')));
    if (call === undefined) return { notTried: 'no plain call lies inside its domain' };
    const [outcome] = await patient.ask([call]);
    const problem = refusalOf(outcome!, call, said);
    if (problem !== undefined) notes.fail(problem);
    else if (answeredIn('path', outcome!)?.units.includes('plain_name') !== true) {
      notes.warn('The name that was sent is not in what came: does the adapter reach source_from_cache?');
    }
    return `${callSource(call)} gives ${cameText(outcome!)}`;
  },
};

/**
 * An adapter that declines the plainest call may be for other calls. If it answers one from these domains, the other
 * steps assume that domain.
 */
async function seekDomain(patient: Patient, notes: Notes, why: string): Promise<void> {
  const said = await patient.meet();
  const whatFollows = 'A check makes such calls, and a declined call makes it end with exit code 3.';
  for (const domain of usualDomains(said)) {
    const supposed = { ...said, domain };
    const call = insideOf(supposed, plainCall(supposed, 'plain_name.py'));
    const outcome = call && (await answered(patient, call));
    if (outcome?.kind !== 'return') continue;
    patient.suppose(domain);
    patient.givesBack = answeredIn('path', outcome)?.units.includes('plain_name') ?? false;
    notes.warn(
      `It declines the simplest call (${why}), but answers ${callSource(call!)}. ${whatFollows} If it is only for such calls, say so in the hello; the remaining steps assume that it does:`,
    );
    notes.note(domainLine(domain));
    return;
  }
  notes.warn(
    `It declines the simplest call (${why}). ${whatFollows} If it is only for other calls, say for which under "domain" in the hello.`,
  );
}

/** @returns undefined if the adapter failed on the call */
async function answered(patient: Patient, call: Call): Promise<Outcome | undefined> {
  try {
    const [outcome] = await patient.ask([call]);
    return outcome;
  } catch (error) {
    if (error instanceof Breakdown) return undefined;
    throw error;
  }
}

const kinds = (name: string): Step => ({
  name,
  async run(patient, notes) {
    const said = await patient.meet();
    if (name !== 'text' && !hasWayThere(said)) return { notTried: 'it has only source_from_cache' };
    const all = kindsFor(said).find((group) => group.name === name)!.kinds;
    const lacking = unique(all.flatMap(({ call }) => lackingFor(said, call)));
    const able = all.filter(({ call }) => lackingFor(said, call).length === 0);
    const asked = able.flatMap((kind) => kindInside(kind, said) ?? []);
    if (asked.length === 0) {
      const why = [
        ...(lacking.length > 0 ? [`it does not support ${listed(lacking)}`] : []),
        ...(able.length > 0
          ? [`${lacking.length > 0 ? 'the rest' : 'all of it'} is outside its domain`]
          : []),
      ];
      return { notTried: why.join(', and ') };
    }
    const declined: string[] = [];
    for (const [i, kind] of asked.entries()) {
      if (notes.breakdowns >= mostBreakdowns) {
        notes.fail(`Not tried: ${listed(asked.slice(i).map((one) => one.name))}.`);
        break;
      }
      try {
        const [outcome] = await patient.ask([kind.call]);
        const refusal = refusalOf(outcome!, kind.call, said);
        if (refusal !== undefined) notes.fail(`${kind.name}: ${refusal}${wireOf(kind)}`);
        const why = refusal === undefined ? declineOf(outcome!) : undefined;
        if (why !== undefined) declined.push(`${kind.name} (${why})`);
        const change =
          refusal === undefined && why === undefined && patient.givesBack
            ? changeOf(kind, outcome!, said)
            : undefined;
        if (change !== undefined) notes.warn(`${kind.name}: ${change}`);
        if (why !== undefined) patient.declined.push(kind);
        else if (change === undefined) patient.fine.push(kind);
        else if (!consistsOf(kind.back!.text, 'text')) patient.altered.push(kind);
      } catch (error) {
        if (!(error instanceof Breakdown)) throw error;
        notes.breakdown(error, `${kind.name}, ${brief(callSource(kind.call))}${wireOf(kind)}`);
      }
    }
    if (declined.length > 0) notes.warn(`Declined: ${declined.join(', ')}.`);
    return kindsText({
      all: all.length,
      outside: able.length - asked.length,
      declined: declined.length,
      answered: asked.length - declined.length,
      lacking,
    });
  },
});

type Numbers = Readonly<Record<'all' | 'outside' | 'declined' | 'answered', number>> & {
  readonly lacking: readonly Feature[];
};

function kindsText({ all, outside, declined, answered: own, lacking }: Numbers): string {
  const head =
    own === all
      ? `${count(own, 'kind')}, each in its own call`
      : own === 0
        ? `none of ${count(all, 'kind')}`
        : `${own} of ${count(all, 'kind')}, each in its own call`;
  const rest = [
    ...(declined > 0 ? [`it declines ${declined}`] : []),
    ...(outside > 0 ? [`${outside} ${outside === 1 ? 'is' : 'are'} outside its domain`] : []),
    ...(lacking.length > 0 ? [`the others need ${listed(lacking)}`] : []),
  ];
  return [head, ...rest].join('; ');
}

/** Why an adapter declines a call; undefined if it does not. */
function declineOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'skipped') return inOneLine(shortened(outcome.reason, 100));
  return outcome.kind === 'unsupported'
    ? `unsupported: ${inOneLine(shortened(outcome.feature, 100))}`
    : undefined;
}

/** What is wrong with an outcome, if the adapter neither answered the call nor was allowed to decline it. */
function refusalOf(outcome: Outcome, call: Call, { supports }: Hello): string | undefined {
  if (outcome.kind === 'error') return `The adapter reports that it failed: ${brief(outcome.text)}.`;
  return outcome.kind === 'unsupported' && [...supports].some((feature) => feature === outcome.feature)
    ? `Its hello says that it supports ${outcome.feature}, but its answer to ${brief(callSource(call))} says that it does not.`
    : undefined;
}

/** What an adapter can declare so that it is asked nothing that it declines. */
const domainStep: Step = {
  name: 'domain',
  async run(patient, notes) {
    const said = await patient.meet();
    const { declined, altered, fine } = patient;
    const unwanted = [...declined, ...altered];
    const own = `it is for ${said.domain.isWhole ? 'every call' : 'the calls of its domain'}`;
    if (unwanted.length === 0) return `${own}, and declines none`;
    if (declined.length > 0) {
      notes.warn(
        `It declines ${count(declined.length, 'kind')} of value that a check sends. If a call is declined, check ends with exit code 3.`,
      );
    }
    if (altered.length > 0) {
      notes.warn(
        `It changes ${count(altered.length, 'text')} with a surrogate or NUL. A check counts that as wrong.`,
      );
    }
    if (fine.length === 0) return own;
    const { lines, costs, left } = remedyFor(said, unwanted, fine);
    if (lines.length > 0) {
      notes.note('If this is intended, say so in the hello, and no such value is sent:');
      for (const line of lines) notes.note(line);
    }
    if (costs.length > 0) {
      notes.note(`Then these are not sent either, although it answers them: ${named(costs)}.`);
    }
    if (left.length > 0) {
      notes.note(
        `No line of the hello can exclude ${named(left)}. Make the adapter answer, or list the rules concerned as unsupported in the list of known failures.`,
      );
    }
    return own;
  },
};

const named = (kindsTried: ReadonlyArray<{ readonly name: string }>): string =>
  kindsTried.map(({ name }) => name).join(', ');

/** Describes how a value was changed, judging by an outcome; undefined if it was not. */
function changeOf({ back, value }: Kind, outcome: Outcome, { supports }: Hello): string | undefined {
  if (back === undefined) return undefined;
  const answered = answeredIn(back.in, outcome);
  if (answered === undefined) {
    return back.in === 'path'
      ? `sent ${brief(valueSource(value))}, but no path was returned: ${cameText(outcome)}.`
      : undefined;
  }
  if (back.in === 'message' && !supports.has('messages')) return undefined;
  if (back.in === 'type' ? answered.equals(back.text) : holds(answered, back.text)) return undefined;
  const how = detourOf(back.text, answered);
  const surrogates = back.text.hasSurrogates ? ' Send surrogates as {"str":[…]}.' : '';
  return `sent ${brief(valueSource(value))}, got ${brief(textSource(answered))}: ${how === undefined ? 'it was changed' : `${how},`} on the way, in the adapter or in what it calls.${surrogates}`;
}

const wireOf = ({ value }: Kind): string => ` (sent as ${brief(valueText(value))})`;

const mostCalls = 1000;

const manyCalls: Step = {
  name: 'many calls',
  async run(patient, notes) {
    const said = await patient.meet();
    const calls = numbered(said, 'n', affordable(patient, mostCalls));
    const outcomes = await patient.ask(calls);
    const problem = patient.givesBack ? orderOf(outcomes, 'n') : undefined;
    if (problem !== undefined) notes[problem.is](problem.text);
    return `${grouped(calls.length)} calls in one message`;
  },
};

/** As many calls as the adapter can be expected to answer in one message, well within the time limit. */
const affordable = (patient: Patient, most: number): number =>
  Math.max(2, Math.min(most, Math.floor(patient.deadlines.message / 3 / Math.max(patient.pace, 0.01))));

/** Calls with numbered names, so that the answers can be told apart. */
const numbered = (said: Hello, letter: string, count: number): Call[] =>
  Array.from({ length: count }, (_, i) => plainCall(said, `${letter}${i}x.py`));

/** What is wrong with the order of the outcomes of numbered calls; undefined if nothing is. */
function orderOf(
  outcomes: readonly Outcome[],
  letter: string,
): { is: 'warn' | 'fail'; text: string } | undefined {
  const told = outcomes.map((outcome) => {
    const text = answeredIn('path', outcome)?.units ?? '';
    return new RegExp(`${letter}(\\d+)x`).exec(text)?.[1];
  });
  const at = told.findIndex((number, i) => number !== String(i));
  if (at < 0) return undefined;
  const number = told[at];
  if (number !== undefined) {
    return {
      is: 'fail',
      text: `Outcome ${at + 1} belongs to call ${Number(number) + 1}: outcomes must be in the order of their calls.`,
    };
  }
  return {
    is: 'warn',
    text: `Outcome ${at + 1}, ${cameText(outcomes[at]!)}, does not contain the name that was sent, ${letter}${at}x, so it is not possible to tell whether the order is right.`,
  };
}

const ahead: Step = {
  name: 'ahead',
  async run(patient, notes) {
    const said = await patient.meet();
    const letters = ['p', 'q', 'r'];
    const messages = letters.map((letter) => numbered(said, letter, 2));
    const answers = await patient.askAhead(messages);
    for (const [i, letter] of letters.entries()) {
      const problem = patient.givesBack ? orderOf(answers[i]!, letter) : undefined;
      if (problem !== undefined) notes[problem.is](`Message ${i + 1} of ${letters.length}: ${problem.text}`);
    }
    return 'sent three messages before the first was answered';
  },
};

const unknownKey: Step = {
  name: 'unknown key',
  async run(patient, notes) {
    const call = plainCall(await patient.meet(), 'a.py');
    const outcome = await patient.askRaw([encodeCall(call)], { later: { version: [2] } }, (reply) => {
      const { outcomes } = fieldsOf(reply, 'a reply');
      if (!Array.isArray(outcomes))
        throw new EncodingError(`its outcomes are not a list: ${excerpt(outcomes)}`);
      return decodeOutcome(outcomes[0] as Parameters<typeof decodeOutcome>[0]);
    });
    const problem = refusalOf(outcome, call, await patient.meet());
    if (problem !== undefined) notes.fail(problem);
    return 'it ignores a key that is not in the protocol';
  },
};

const claims: Step = {
  name: 'claims',
  async run(patient, notes) {
    const said = await patient.meet();
    const { supports } = said;
    if (!supports.has('warnings') && !supports.has('messages')) {
      return { notTried: 'it supports neither warnings nor messages' };
    }
    const seen = [
      ...(supports.has('warnings') ? await seeWarnings(patient, said, notes) : []),
      ...(supports.has('messages') ? await seeMessages(patient, said, notes) : []),
    ];
    return seen.length === 0 ? { notTried: 'no call that it supports warns or raises' } : seen.join(', ');
  },
};

async function seeWarnings(patient: Patient, said: Hello, notes: Notes): Promise<string[]> {
  const release = claimedRelease(said);
  const warns = release.has('optimization') && !release.has('no-debug-override');
  if (!warns || !said.supports.has('debug_override') || !hasWayThere(said)) return [];
  const call = insideOf(said, {
    state: usualState(said),
    args: [str('a.py')],
    kwargs: [['debug_override', true]],
  });
  if (call === undefined) return [];
  // By default, Python shows a warning only once.
  const outcomes = await patient.ask([call, call]);
  const warnings = outcomes.map((one) =>
    one.kind === 'return' || one.kind === 'raise' ? (one.warnings ?? []) : [],
  );
  const [first, second] = warnings.map(({ length }) => length);
  if (first === 0) {
    notes.warn(
      `It supports warnings, but reported none for ${callSource(call)}, for which CPython gives one. If it cannot see warnings, remove that feature.`,
    );
  } else if (second === 0) {
    notes.warn(
      'It reported a warning for the first of two equal calls, but not for the second. Make it report every warning, for example with warnings.simplefilter("always").',
    );
  }
  const bare = warnings.flat().find(({ message }) => message === undefined);
  if (bare !== undefined && said.supports.has('messages')) {
    notes.fail(`It supports messages, but its ${bare.category} has none.`);
  }
  return ['a call that warns'];
}

const callsThatRaise = (state: State): Call[] => [
  { state, args: [str('a.py')], kwargs: [['optimization', str('_')]] },
  { state, args: [py.bytes('a.py')], kwargs: [] },
  { state: { ...state, cacheTag: null }, args: [str('a.py')], kwargs: [] },
  { state, args: [], kwargs: [] },
];

async function seeMessages(patient: Patient, said: Hello, notes: Notes): Promise<string[]> {
  const state = usualState(said);
  const call = (hasWayThere(said) ? callsThatRaise(state) : [callBack(state, str('a.py'))])
    .flatMap((one) => insidesOf(said, one))
    .find((one) => answer(one, targetOf(said)).kind === 'raise');
  if (call === undefined) return [];
  const [outcome] = await patient.ask([call]);
  if (outcome!.kind === 'raise' && outcome!.message === undefined) {
    notes.fail(
      `It supports messages, but the ${brief(outcome!.type)} for ${callSource(call)} has none. Send str() of the exception as "message", even if it is empty.`,
    );
  }
  return outcome!.kind === 'raise' ? ['a call that raises'] : [];
}

const batch = 250;
/** The approximate number of calls in a default check of an implementation of the whole function. */
export const usualCheck = 5_000;

const throughput: Step = {
  name: 'throughput',
  async run(patient, notes) {
    const said = await patient.meet();
    const rate = async (size: number): Promise<number> => {
      const calls = numbered(said, 't', size);
      const start = performance.now();
      let [asked, elapsed] = [0, 0];
      do {
        await patient.ask(calls);
        asked += size;
        elapsed = performance.now() - start;
      } while (elapsed < patient.sample);
      return (1000 * asked) / elapsed;
    };
    const single = await rate(1);
    const size = affordable(patient, batch);
    const batched = await rate(size);
    const seconds = usualCheck / batched;
    const alone = (1000 * batch) / batched;
    if (alone > patient.deadlines.message / 2) {
      notes.warn(
        `A check sends up to ${batch} calls in a message. They would take ${(alone / 1000).toFixed(1)} s, and the limit for a message is ${patient.deadlines.message / 1000} s. Run the check with a longer --timeout.`,
      );
    }
    return `${rounded(single)} calls/s one at a time, ${rounded(batched)} in messages of ${size}; a default check makes about ${grouped(usualCheck)} calls, and waits ${seconds < 1 ? 'less than a second' : `${grouped(Math.ceil(seconds))} s`} for them`;
  },
};

/** To two significant digits, since measurements vary. */
const rounded = (number: number): string => grouped(Math.round(Number(number.toPrecision(2))));

const restart: Step = {
  name: 'restart',
  async run(patient, notes) {
    const before = await patient.meet();
    patient.end();
    const again = await patient.meet();
    if (!isDeepStrictEqual(again, before)) {
      notes.fail(
        'After being killed and restarted, it sends a different hello. It must send the same hello each time, since a check restarts it after each failure.',
      );
    }
    await patient.ask([plainCall(again, 'a.py')]);
    return 'after being killed and restarted, it says hello and answers';
  },
};

const bye: Step = {
  name: 'bye',
  async run(patient) {
    await patient.meet();
    await patient.bye();
    return 'it exits with code 0';
  },
};

const endOfInput: Step = {
  name: 'end of input',
  async run(patient, notes) {
    await patient.meet();
    const how = await patient.closeInput();
    if (how === undefined) {
      notes.warn(
        'It keeps running when its stdin is closed without a bye, so it would stay behind if a check is killed. Make it exit at the end of its input.',
      );
      return 'its stdin was closed without a bye';
    }
    return `it ends when its stdin is closed, ${how}`;
  },
};

export const steps: readonly Step[] = [
  hello,
  oneCall,
  wayBack,
  ...['text', 'numbers', 'other types', 'path-likes', 'objects', 'forms', 'interpreter'].map(kinds),
  domainStep,
  manyCalls,
  ahead,
  unknownKey,
  claims,
  throughput,
  restart,
  bye,
  endOfInput,
];

const longestShown = 200;
/** The text in one line, shortened to that length. Repeated spaces are escaped, so that they survive wrapping. */
const brief = (text: string): string =>
  shortened(inOneLine(text), longestShown).replaceAll(/ (?= )/g, String.raw`\x20`);

/** An outcome in Python's notation. */
function cameText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'return':
    case 'raise':
      return brief(outcomeSource(outcome).join('; '));
    case 'unsupported':
      return `unsupported: ${brief(outcome.feature)}`;
    case 'skipped':
      return `skipped: ${brief(outcome.reason)}`;
    case 'error':
      return `error: ${brief(outcome.text)}`;
  }
}

const listed = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
