import type { Str } from './python/text.ts';

/**
 * Told the rules that decide a call. A condition says that the rule decides only where it holds.
 * Where nobody is told there is none: `cite?.(…)` then costs nothing.
 */
export type Cite = (rule: string, condition?: () => boolean) => void;

/** What a call lets be seen, beside its result. */
export type Onlooker = {
  readonly cite?: Cite | undefined;
  readonly warn: (category: string, message: Str) => void;
  /** Told where the path was cut: an offset in UTF-16 units. */
  readonly cut?: ((at: 'separator' | 'dot', offset: number) => void) | undefined;
};
