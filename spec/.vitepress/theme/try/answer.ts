/* The answer to a question as a page shows it: the outcome, and the path and its result split into pieces. */
import { backCutsOf, backMarksOf, cutsOf, marksOf, type Mark } from '../../../../src/cli/picture.ts';
import { releaseOf, type UnicodeVersion } from '../../../../src/python/releases.ts';
import type { Str } from '../../../../src/python/text.ts';
import { recorded, type Recorded } from '../../../../src/reference.ts';
import type { Question } from './form.ts';
import { brief, displayOf, type Display } from './outcome.ts';
import { pathOf, piecesOfBytecode, piecesOfResult, piecesOfSource, type PathPiece } from './pieces.ts';

export type ShownAnswer = {
  readonly taken: Recorded;
  readonly display: Display;
  /** The version of Unicode that determines which characters are printable. */
  readonly unicode: UnicodeVersion;
  /** The text that the function cuts, if it gets that far, and where it cuts. */
  readonly path: Str | undefined;
  readonly marks: readonly Mark[];
  /** Empty if the text is abbreviated or missing. */
  readonly pieces: { readonly source: readonly PathPiece[]; readonly result: readonly PathPiece[] };
};

export function answerTo({ call, target }: Question): ShownAnswer {
  const release = releaseOf(target.version);
  const { unicode } = release;
  const taken = recorded(call, target);
  const display = displayOf(taken.outcome, unicode);
  const path = pathOf(call);
  const { record } = taken;
  const isBack = call.function !== undefined;
  const marks = isBack ? backMarksOf(backCutsOf(record), record) : marksOf(cutsOf(record, release), release);
  const given = (text: Str): PathPiece[] =>
    isBack ? piecesOfBytecode(text, record) : piecesOfSource(text, cutsOf(record, release));
  const whole = (pieces: readonly PathPiece[], text: string): readonly PathPiece[] =>
    pieces.map((piece) => brief(piece.text, unicode)).join('') === text ? pieces : [];
  return {
    taken,
    display,
    unicode,
    path,
    marks: path === undefined ? [] : marks,
    pieces: {
      source: path === undefined ? [] : whole(given(path), brief(path, unicode)),
      result: whole(piecesOfResult(taken, target), display.text),
    },
  };
}
