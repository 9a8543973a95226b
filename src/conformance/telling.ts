/*
 * Which of the rules that decide a call explain its result. Uses no API of Node, because a web page uses it too.
 */
import type { Call } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { str } from '../python/text.ts';
import type { Target } from '../reference.ts';

/** Gives the rules that decide a call of the target, in the order of the chapters. */
export type Deciding = (call: Call) => readonly string[];

/**
 * The rules that explain the result of a call. Rules that do not decide a plain call come first; rules that decide
 * every call are left out.
 */
export function telling(call: Call, { version, platform }: Target, deciding: Deciding): string[] {
  const state = plainState(version, platform);
  const [alone = [], inside = [], ...others] = [
    { state, args: [str('a.py')], kwargs: [] },
    { state, args: [str('d/a.py')], kwargs: [] },
    { state: { ...state, cacheTag: str('a') }, args: [str('b')], kwargs: [] },
    { state: { ...state, optimize: 1n }, args: [str('b/')], kwargs: [] },
  ].map(deciding);
  const usual = new Set([...alone, ...inside]);
  const always = new Set(alone.filter((rule) => [inside, ...others].every((other) => other.includes(rule))));
  const told = deciding(call).filter((rule) => !always.has(rule));
  return [...told.filter((rule) => !usual.has(rule)), ...told.filter((rule) => usual.has(rule))];
}
