/* An examination, as text for a terminal. */
import { painter, wrapped } from '../reports/layout.ts';
import { count, inOneLine, shortened } from '../reports/wording.ts';
import { isWellFormed, type Finding, type Result, type State } from './examine.ts';

const labels: Readonly<Record<State, readonly [text: string, color: 'green' | 'yellow' | 'red' | 'dim']>> = {
  ok: ['ok', 'green'],
  warning: ['warning', 'yellow'],
  failure: ['FAIL', 'red'],
  'not tried': ['not tried', 'dim'],
};

const labelWidth = 11;
const indent = ' '.repeat(26);
const width = 76;
const stderrLines = 8;

/**
 * The result of a step. For steps that were not tried, there is one text for all those with the same reason: `steps`
 * names them.
 */
export function resultText(
  { state, text, findings }: Result,
  steps: readonly string[],
  color: boolean,
): string {
  const paint = painter(color);
  const [label, style] = labels[state];
  const name = steps.join(', ');
  const head = paint(style, label.padEnd(labelWidth)) + name.padEnd(indent.length - labelWidth);
  const isLong = name.length >= indent.length - labelWidth;
  const body = text === '' ? '' : wrapped(inOneLine(text), indent, width);
  const first = isLong ? `${head}\n${body}` : head + body.trimStart();
  return [first.trimEnd(), ...findings.map((one) => findingText(one, state, color))].join('\n');
}

/** A warning in a step that failed is labelled as one. */
function findingText({ is, text, stderr }: Finding, state: State, color: boolean): string {
  const paint = painter(color);
  const label = is === 'warning' && state === 'failure' ? `${paint('yellow', 'warning:')} ` : '';
  const lines = (stderr ?? '').trimEnd().split('\n').slice(-stderrLines);
  const printed =
    stderr === undefined
      ? []
      : stderr.trim() === ''
        ? [`${indent}It printed nothing to stderr.`]
        : [
            `${indent}Before that it printed to stderr:`,
            ...lines.map((line) => `${indent}  ${shortened(inOneLine(line), 200)}`),
          ];
  return [wrapped(label + inOneLine(text), indent, width), ...printed].join('\n');
}

/** The sentence at the end of the report. */
export function endText(results: readonly Result[]): string {
  const number = (state: State): number => results.filter((one) => one.state === state).length;
  const warnings = results.flatMap(({ findings }) => findings).filter(({ is }) => is === 'warning').length;
  const untried = number('not tried');
  const beside = [
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(untried > 0 ? [`${untried} not tried`] : []),
  ].map((text) => `, ${text}`);
  const tried = results.length - untried;
  return isWellFormed(results)
    ? `well-formed: ${count(tried, 'step')} tried${beside.join('')}; to test its answers, use check`
    : `not well-formed: ${number('failure')} of ${count(tried, 'step')} failed${beside.join('')}`;
}

/** Prints results as they come. Steps not tried for the same reason are printed together, before the next result. */
export class Printer {
  private waiting: Result[] = [];
  private readonly print: (text: string) => void;
  private readonly color: boolean;

  constructor(print: (text: string) => void, color: boolean) {
    this.print = print;
    this.color = color;
  }

  add(result: Result): void {
    if (this.waiting[0]?.text !== result.text || result.state !== 'not tried') this.flush();
    if (result.state === 'not tried') this.waiting.push(result);
    else this.print(resultText(result, [result.step], this.color));
  }

  flush(): void {
    const [first] = this.waiting;
    if (first !== undefined)
      this.print(
        resultText(
          first,
          this.waiting.map(({ step }) => step),
          this.color,
        ),
      );
    this.waiting = [];
  }

  end(results: readonly Result[]): void {
    this.flush();
    const style = isWellFormed(results) ? 'green' : 'red';
    this.print(`\n${painter(this.color)([style, 'bold'], endText(results))}`);
  }
}
