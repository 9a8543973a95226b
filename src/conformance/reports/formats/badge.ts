/* A badge: the verdict as a small picture, to show next to a project's name. */
import type { Tally } from '../../books.ts';
import { verdictOf } from '../../verdict.ts';
import { atEnd } from '../format.ts';
import { completenessOf, scopeOf, scoreText, verdictNameOf } from '../wording.ts';
import { xmlAttributes, xmlText } from '../xml.ts';

export const format = atEnd((tally) => {
  const label = `pycache-spec ${tally.start.suite}`;
  const message = messageOf(tally);
  const title = `${label}: ${verdictNameOf(tally)}; ${scopeOf(tally)}; ${completenessOf(tally)}; ${scoresOf(tally, ', ')}`;
  return svgOf({ label, message, title, color: colorOf(tally) });
});

const scoresOf = ({ scores: { documented, observed } }: Tally, between: string): string =>
  `documented ${scoreText(documented)}${between}observed ${scoreText(observed)}`;

function messageOf(tally: Tally): string {
  const scores = scoresOf(tally, ' · ');
  const verdict = verdictOf(tally);
  const within = tally.subject !== undefined && tally.subject.domain !== null ? 'within its domain · ' : '';
  if (verdict === 'conformant' || verdict === 'broken') return within + scores;
  const said = { incomplete: 'incomplete', adapter: 'adapter failed', stale: 'known failures stale' }[
    verdict
  ];
  return `${said} · ${scores}`;
}

/** Colours on which white text is readable. Green is for a subject that passes every rule. */
function colorOf(tally: Tally): string {
  const all = Object.values(tally.scores).every(({ passed, of }) => passed === of);
  const verdict = verdictOf(tally);
  if (verdict === 'conformant') return all ? '#1a7f37' : '#0969da';
  return { broken: '#b62324', adapter: '#b62324', incomplete: '#8a5a00', stale: '#8a5a00' }[verdict];
}

type Badge = {
  readonly label: string;
  readonly message: string;
  readonly title: string;
  readonly color: string;
};

/** Draws two boxes with a text in each. The texts are stretched to their boxes, so that any font fits. */
function svgOf({ label, message, title, color }: Badge): string {
  const [left, right] = [widthOf(label), widthOf(message)];
  const width = left + right + 4 * margin;
  const middle = left + 2 * margin;
  const text = (content: string, x: number, length: number): string =>
    `    <text${xmlAttributes({ x, y: 14, textLength: length, lengthAdjust: 'spacingAndGlyphs' })}>${xmlText(content)}</text>`;
  return [
    `<svg${xmlAttributes({ xmlns: 'http://www.w3.org/2000/svg', width, height: 20, viewBox: `0 0 ${width} 20`, role: 'img', 'aria-labelledby': 'title' })}>`,
    `  <title id="title">${xmlText(title)}</title>`,
    `  <clipPath id="corners"><rect${xmlAttributes({ width, height: 20, rx: 3 })}/></clipPath>`,
    '  <g clip-path="url(#corners)">',
    `    <rect${xmlAttributes({ width: middle, height: 20, fill: '#444d56' })}/>`,
    `    <rect${xmlAttributes({ x: middle, width: width - middle, height: 20, fill: color })}/>`,
    '  </g>',
    '  <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(label, margin, left),
    text(message, middle + margin, right),
    '  </g>',
    '</svg>',
    '',
  ].join('\n');
}

const margin = 6;
/** The average width of a character of Verdana at 11 pixels, in pixels. */
const characterWidth = 6.5;
const widthOf = (text: string): number => Math.ceil(text.length * characterWidth);
