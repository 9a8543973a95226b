/*
 * Which of the rules that decide a call explain its result. Uses no API of Node, because a web page uses it too.
 */
import type { Part, Say } from '../../properties/index.ts';
import { callBack, type Call } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { str } from '../python/text.ts';
import type { Target } from '../reference.ts';

/** The parts that each rule decides of a call of the target, in the order of the chapters. */
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

/** Rules in their order, and which of them have a say in plain calls too. */
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

/** Every call that returns is cut at the same places: what tells nothing is that it returns, and how. */
function ofBack(call: Call, { version, platform }: Target, deciding: Deciding): Told {
  const plain = deciding(callBack(plainState(version, platform), str('__pycache__/a.T.pyc')));
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
