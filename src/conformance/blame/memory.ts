/* What a subject keeps from one call to the next. */
import { functionOf, type Call } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';
import { callText } from '../codec.ts';
import { lookedAt, type Around } from './around.ts';
import { steadyRuleOf, type Asked, type Blame, type Fault, type Weighed } from './fault.ts';

/** How many calls that passed early in a run are asked once more. */
const askedOnceMore = 30;
/** How many calls are tried as the one after which others fail. */
const mostTried = 300;

type Remembering = { readonly fault: Fault; readonly left: readonly Weighed[] };

/** Looks for what a subject remembers. */
export class Memory {
  private readonly around: Around;

  constructor(around: Around) {
    this.around = around;
  }

  /** The call with a name that was in no earlier call. */
  private unheard(call: Call, inFolder: boolean): Call {
    const { version, platform } = this.around.blame.target;
    const name = `${this.around.newName()}x${version[1]}z`;
    // A path below the prefix that `pairs` sets, so that the prefix changes the result.
    const folder = platform === 'posix' ? '/p/d/__pycache__/' : 'C:\\p\\d\\__pycache__\\';
    const path =
      call.function !== undefined ? `${folder}${name}.T.pyc` : inFolder ? `${name}/${name}.py` : `${name}.py`;
    return { ...call, args: call.args.with(0, str(path)) };
  }

  /** Whether the working directory, if it is read, precedes the path. */
  private completes({ state, args: [path] }: Call): boolean {
    return state.pycachePrefix !== null && !(path instanceof Str && /^[\\/]|^.:/u.test(path.units));
  }

  /**
   * Tests whether the subject keeps something from one call to the next: a call passes on its own, but fails after
   * another one.
   */
  async find(failing: readonly Weighed[]): Promise<Remembering | undefined> {
    const { ask, afresh } = this.around.blame;
    for (const [rule, one, two] of this.pairs(failing[0]!.call)) {
      const shown = await this.shows(one, two, ask);
      if (shown === undefined) continue;
      // A subject that answers by chance may do so once.
      if (afresh !== undefined && (await this.shows(one, two, afresh)) === undefined) continue;
      const left = await this.notRemembered(failing);
      return { fault: this.fault(rule, shown, failing.length - left.length, failing), left };
    }
    return this.latched(failing);
  }

  /** Two calls of which the second passes alone and fails after the first, with names that were in no earlier call. */
  private async shows(
    one: Call,
    two: Call,
    ask: NonNullable<Blame['afresh']>,
  ): Promise<readonly [first: Asked, then: Asked] | undefined> {
    const { domain } = this.around.blame.hello;
    const inFolder = this.completes(one) || this.completes(two);
    const named = domain.nearest(this.unheard(one, inFolder));
    const second = named && domain.nearest({ ...two, args: named.args });
    const alone = domain.nearest(this.unheard(two, inFolder));
    if (second === undefined || alone === undefined) return undefined;
    // A domain may allow only one of the two states.
    if (callText(one) !== callText(two) && callText(named!) === callText(second)) return undefined;
    const [before, first, then] = (await ask([alone, named!, second])) ?? [];
    const passes = before?.difference === undefined && first?.difference === undefined;
    if (before === undefined || first === undefined || then?.difference === undefined) return undefined;
    return passes ? [first, then] : undefined;
  }

  private fault(
    rule: string,
    asked: readonly [Asked, Asked],
    explains: number,
    failing: readonly Weighed[],
  ): Fault {
    return {
      rule,
      broken: true,
      calls: asked.map(({ call }) => call),
      outcomes: asked.map(({ outcome }) => outcome),
      difference: asked[1].difference!,
      whatever: [],
      explains,
      touches: [],
      property: failing[0]!.property,
      flaky: false,
    };
  }

  /**
   * Tests whether some call has changed the subject for good: calls that passed early in the run fail now, pass in a
   * new process, and fail there each time after that call. What such a subject answers afterwards says nothing about other
   * rules, so the fault explains everything.
   */
  private async latched(failing: readonly Weighed[]): Promise<Remembering | undefined> {
    const { findings, hello, ask, afresh = async () => undefined } = this.around.blame;
    const bySize = (a: Call, b: Call): number => this.around.costOf(a) - this.around.costOf(b);
    const [{ call: start }] = failing as readonly [Weighed, ...Weighed[]];
    const passed = findings.passing().filter((call) => functionOf(call) === functionOf(start));
    const early = passed.slice(0, askedOnceMore).toSorted(bySize);
    const [plainest, ...again] = await ask([this.around.plain(start), ...early]);
    const fails = (one: Asked | undefined): boolean => one?.difference !== undefined;
    if (!again.some(fails)) return undefined;
    const victim = [plainest, ...again].find(fails)!.call;
    const own = this.pairs(start).flatMap(([rule, one]) => {
      const first = hello.domain.nearest(one);
      return first === undefined ? [] : [{ rule, first }];
    });
    const others = [...passed, ...failing.map(({ call }) => call)]
      .toSorted(bySize)
      .slice(0, mostTried)
      .map((first) => ({ rule: steadyRuleOf(start), first }));
    const tried = [...own, ...others];
    const answers = await afresh([victim, ...tried.flatMap(({ first }) => [first, victim])]);
    if (answers?.[0] === undefined || fails(answers[0])) return undefined;
    const after = tried.map((_, i) => fails(answers[2 * i + 2]));
    const at = after.indexOf(true);
    if (at < 0 || after.slice(at).includes(false)) return undefined;
    const [first, then] = (await afresh([tried[at]!.first, victim])) ?? [];
    if (first === undefined || then?.difference === undefined) return undefined;
    return { fault: this.fault(tried[at]!.rule, [first, then], failing.length, failing), left: [] };
  }

  /**
   * Pairs of calls of one function, where the first may change the result of the second, each with the rule that
   * forbids this.
   */
  private pairs(like: Call): ReadonlyArray<readonly [rule: string, first: Call, second: Call]> {
    const { target, hello } = this.around.blame;
    const { fixed } = hello;
    const plain = this.around.plain(like);
    const state = (part: Partial<Call['state']>): Call => ({ ...plain, state: { ...plain.state, ...part } });
    const other = target.platform === 'posix' ? '/p' : 'C:\\p';
    const prefixed = state({ pycachePrefix: str(other) });
    if (like.function !== undefined) {
      const rule = steadyRuleOf(like);
      return [
        [rule, prefixed, plain],
        [rule, plain, prefixed],
        [rule, plain, plain],
      ];
    }
    return [
      ...(fixed.cacheTag === undefined
        ? [
            ['tag-read-at-each-call', state({ cacheTag: str('a') }), plain] as const,
            ['tag-read-at-each-call', plain, state({ cacheTag: str('a') })] as const,
            ['tag-read-at-each-call', state({ cacheTag: null }), plain] as const,
          ]
        : []),
      ...(fixed.optimize === undefined
        ? [
            ['opt-none-reads-interpreter-level', plain, state({ optimize: 1n })] as const,
            ['opt-none-reads-interpreter-level', state({ optimize: 2n }), state({ optimize: 1n })] as const,
          ]
        : []),
      ['prefix-is-read-at-each-call', plain, prefixed],
      ['prefix-is-read-at-each-call', prefixed, plain],
      ['prefix-is-read-at-each-call', prefixed, state({ pycachePrefix: str(`${other}q`) })],
      [
        'prefix-working-directory-completes',
        prefixed,
        { ...prefixed, state: { ...prefixed.state, cwd: str(`${other}q`) } },
      ],
      ['call-same-result-each-time', plain, plain],
      [
        'call-same-result-each-time',
        { ...plain, kwargs: [['debug_override', true]] },
        { ...plain, kwargs: [['debug_override', true]] },
      ],
      ['call-same-result-each-time', { ...plain, kwargs: [['optimization', str('a')]] }, plain],
      [
        'call-same-result-each-time',
        { ...plain, kwargs: [['optimization', 1n]] },
        { ...plain, kwargs: [['optimization', true]] },
      ],
      ['call-same-result-each-time', { ...plain, kwargs: [['debug_override', false]] }, plain],
      ['call-same-result-each-time', { ...plain, kwargs: [['optimization', str('_')]] }, plain],
    ];
  }

  /**
   * The failing calls that also fail with names that were in no earlier call. They fail for another reason. A call
   * without a name to change is left out, as it may have been asked before.
   */
  private async notRemembered(failing: readonly Weighed[]): Promise<Weighed[]> {
    const rest: Weighed[] = [];
    for (let from = 0; from < failing.length; from += lookedAt) {
      const some = failing.slice(from, from + lookedAt);
      const renamed = some.map(({ call }) => this.renamed(call));
      const answers = await this.around.blame.ask(renamed);
      rest.push(
        ...some.filter(
          ({ call }, i) => answers[i]?.difference !== undefined && callText(renamed[i]!) !== callText(call),
        ),
      );
    }
    return rest;
  }

  /** The call with other names in its path and the same suffix. */
  private renamed(call: Call): Call {
    const [path] = call.args;
    if (!(path instanceof Str)) return call;
    if (call.function !== undefined) {
      const name = `${this.around.newName()}z`;
      return {
        ...call,
        args: [str(path.units.replace(/[^\\/.]*(?=(?:\.[^\\/]*)?$)/, name)), ...call.args.slice(1)],
      };
    }
    const end = /\.\w*$/.exec(path.units)?.[0] ?? '';
    const start = path.units.slice(0, path.units.length - end.length);
    const name = `${this.around.newName()}z`;
    const own = start.replaceAll(/[\p{L}\p{N}_]+/gu, name);
    // What is remembered may be a directory.
    const renamed = this.completes(call) ? `${name}/${own}` : own;
    const other = { ...call, args: call.args.with(0, str(renamed + end)) };
    return this.around.blame.hello.domain.nearest(other) ?? call;
  }

  /** The fault for a call that failed once and passes alone: it depends on the calls before it, or on chance. */
  async unsteady({ call, before, difference, property }: Weighed): Promise<Fault> {
    const rule = steadyRuleOf(call);
    const shared = { rule, whatever: [], explains: 1, touches: [], property };
    const calls = [...before, call];
    const answers = before.length === 0 ? [] : await this.around.blame.ask(calls);
    const last = answers.at(-1);
    if (last?.difference !== undefined && answers.every((one) => one !== undefined)) {
      return {
        ...shared,
        broken: true,
        calls,
        outcomes: answers.map((one) => one.outcome),
        difference: last.difference,
        flaky: false,
      };
    }
    return { ...shared, broken: true, calls: [call], outcomes: [difference.got], difference, flaky: true };
  }
}
