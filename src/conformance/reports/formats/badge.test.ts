import fc from 'fast-check';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { tallyOf } from '../../books.ts';
import type { Event } from '../../events.ts';
import { verdictOf } from '../../verdict.ts';
import { anyRun, end, failure, known, law, problem, rules, run, written } from '../testing.ts';
import { completenessOf, scopeOf } from '../wording.ts';
import { format } from './badge.ts';

const [first, second] = rules as [(typeof rules)[0], (typeof rules)[0]];
const namespaces = { svg: 'http://www.w3.org/2000/svg' };

type Badge = {
  readonly title: string;
  readonly label: string;
  readonly message: string;
  readonly color: string;
  readonly root: Readonly<Record<string, string>>;
  readonly boxes: ReadonlyArray<Readonly<Record<string, string>>>;
  readonly texts: ReadonlyArray<Readonly<Record<string, string>>>;
};

function badge(events: readonly Event[]): Badge {
  const document = XmlDocument.fromBuffer(Buffer.from(written(format, events)));
  try {
    const found = (path: string): XmlElement[] => document.find(path, namespaces) as XmlElement[];
    const attributes = (one: XmlElement): Record<string, string> =>
      Object.fromEntries(one.attrs.map(({ name, value }) => [name, value]));
    const boxes = found('/svg:svg/svg:g/svg:rect').map(attributes);
    const texts = found('/svg:svg/svg:g/svg:text');
    return {
      title: found('/svg:svg/svg:title')[0]!.content,
      label: texts[0]!.content,
      message: texts[1]!.content,
      color: boxes[1]!['fill']!,
      root: attributes(document.root),
      boxes,
      texts: texts.map(attributes),
    };
  } finally {
    document.dispose();
  }
}

test('it shows the suite and both scores', () => {
  expect(badge(run())).toMatchObject({
    label: 'pycache-spec 1.2.3',
    message: 'documented 1/1 · observed 2/2',
    title:
      'pycache-spec 1.2.3: conformant; Python 3.13.0, posix: 3 rules of cache_from_source; complete; documented 1/1, observed 2/2',
  });
});

test('it carries the scope, the version, the completeness and the scores of the events', () => {
  fc.assert(
    fc.property(anyRun, fc.stringMatching(/^\d\.\d\.\d$/), (drawn, suite) => {
      const events = drawn.map((event) => (event.type === 'start' ? { ...event, suite } : event));
      const tally = tallyOf(events);
      const { title, label, message } = badge(events);
      expect(label).toBe(`pycache-spec ${suite}`);
      expect(title).toContain(`; ${scopeOf(tally)}; ${completenessOf(tally)}; `);
      const score = /documented (\d+)\/(\d+) · observed (\d+)\/(\d+)$/.exec(message)!;
      const { documented, observed } = tally.scores;
      expect(score.slice(1).map(Number)).toEqual([
        documented.passed,
        documented.of,
        observed.passed,
        observed.of,
      ]);
    }),
  );
});

describe('its message and colour tell the verdicts apart', () => {
  const unsupported = law(second, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } });
  const excused = known({ excused: [{ rule: first.id, kind: 'bug', reason: 'later', issue: null }] });
  const green = badge(run()).color;
  test.each<[string, readonly Event[]]>([
    ['documented 0/1 · observed 2/2', [failure(first)]],
    ['documented 0/1 · observed 2/2', [failure(first), excused]],
    ['documented 1/1 · observed 1/2', [unsupported]],
    ['incomplete · documented 1/1 · observed 2/2', [end({ stopped: 'interrupted' })]],
    ['adapter failed · documented 1/1 · observed 2/2', [problem()]],
    [
      'known failures stale · documented 1/1 · observed 2/2',
      [known({ stale: [{ entry: 'x', line: 1, why: 'y' }] })],
    ],
  ])('%s is not green', (message, changes) => {
    const one = badge(run(...changes));
    expect(one.message).toBe(message);
    expect(one.color).not.toBe(green);
  });

  test('green is for a conformant run all of whose rules pass', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const tally = tallyOf(events);
        const all = tally.rules.every(({ verdict }) => verdict === 'pass');
        expect(badge(events).color === green).toBe(verdictOf(tally) === 'conformant' && all);
      }),
    );
  });

  test('white can be read on each of its colours', () => {
    const runs = [run(), run(failure(first)), run(failure(first), excused), run(end({ stopped: 'x' }))];
    for (const { boxes } of runs.map(badge)) {
      for (const { fill } of boxes) expect(contrastWithWhite(fill!)).toBeGreaterThan(4.5);
    }
  });
});

/** The contrast ratio of a colour with white, as defined by WCAG. */
function contrastWithWhite(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = channels.map((one) =>
    one <= 0.040_45 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

test('each text is as long as its box lets it be', () => {
  const { root, boxes, texts } = badge(run(problem()));
  expect(root['role']).toBe('img');
  let left = 0;
  boxes.forEach(({ width }, i) => {
    const { x, textLength } = texts[i]!;
    expect(Number(x)).toBeGreaterThan(left);
    expect(Number(x) + Number(textLength)).toBeLessThan(left + Number(width));
    left += Number(width);
  });
  expect(left).toBe(Number(root['width']));
});
