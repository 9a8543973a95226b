/*
 * Which of the rules that decide a call explain its result. Uses no API of Node, because a web page uses it too.
 */
import { plainFile, type Part, type Say } from '../../properties/index.ts';
import { callBack, type Call } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { str } from '../python/text.ts';
import type { Target } from '../reference.ts';

/** Gives the parts that each rule decides in a call of the target, in the order of the chapters. */
export type Deciding = (call: Call) => Say;

/**
 * The rules that explain the result of a call. Rules that do not decide a plain call come first; rules that decide
 * every call are left out.
 */
export function telling(call: Call, target: Target, deciding: Deciding): string[] {
  const { usual, told } =
    call.function === undefined ? ofThere(call, target, deciding) : ofBack(call, target, deciding);
  return [...told.filter((rule) => !usual.has(rule)), ...told.filter((rule) => usual.has(rule))];
}

/** The rules that explain a call, in order, and those that also decide plain calls. */
type Told = { readonly usual: ReadonlySet<string>; readonly told: readonly string[] };

function ofThere(call: Call, { version, platform }: Target, deciding: Deciding): Told {
  const state = plainState(version, platform);
  const rules = (one: Call): string[] => [...deciding(one).keys()];
  const [alone = [], inside = [], ...others] = [
    { state, args: [str('a.py')], kwargs: [] },
    { state, args: [str('d/a.py')], kwargs: [] },
    { state: { ...state, cacheTag: str('a') }, args: [str('b')], kwargs: [] },
    { state: { ...state, optimize: 1n }, args: [str('b/')], kwargs: [] },
  ].map(rules);
  const always = new Set(alone.filter((rule) => [inside, ...others].every((other) => other.includes(rule))));
  return { usual: new Set([...alone, ...inside]), told: rules(call).filter((rule) => !always.has(rule)) };
}

/**
 * The rules about splitting decide every call that returns, and explain its result all the same. Left out are rules
 * that decide only the type, the warnings or the steadiness; rules that decide only whether the call returns come last.
 */
function ofBack(call: Call, { version, platform }: Target, deciding: Deciding): Told {
  const plain = deciding(callBack(plainState(version, platform), plainFile(platform)));
  const decides = (parts: readonly Part[], others: readonly Part[]): boolean =>
    parts.some((part) => !others.includes(part));
  const said = [...deciding(call)].filter(([, parts]) => decides(parts, conduct));
  const inOrder = said.toSorted(
    ([, a], [, b]) => Number(decides(b, whetherAtAll)) - Number(decides(a, whetherAtAll)),
  );
  return { usual: new Set(plain.keys()), told: inOrder.map(([rule]) => rule) };
}

const conduct: readonly Part[] = ['class', 'warnings', 'steadiness'];
const whetherAtAll: readonly Part[] = ['kind'];
