import { readChapters, type Chapter, type Rule } from '../conformance/chapters.ts';
import { encodeState, encodeValue, type Json } from '../conformance/codec.ts';
import { tellingRules } from '../conformance/deciding.ts';
import { plain } from '../conformance/reports/wording.ts';
import { painter, textWidth, wantsColor, wrapped, type Paint } from '../conformance/reports/layout.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { callBack, functions, type Answered, type Call } from '../python/call.ts';
import { formatVersion, releaseOf } from '../python/releases.ts';
import { callSource, valueSource } from '../python/source.ts';
import { Str, str } from '../python/text.ts';
import { isOfBytecode, recorded, type Recorded, type Target } from '../reference.ts';
import { didYouMean } from './nearest.ts';
import { outcomeJson } from './path.ts';
import { backCutsOf, backMarksOf, cutsOf, marksOf, picture, shown } from './picture.ts';
import { likeJson, readQuestion, requireWorkingDirectory, type Question } from './question.ts';
import { note } from './target.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const explain = {
  run(args: readonly string[]): number {
    const { values, positionals, given } = readOptions('explain', args);
    const [source, ...others] = positionals;
    if (source === undefined) throw new UsageError('explain takes a PATH');
    if (source === '-')
      throw new UsageError('explain takes one PATH, and does not read stdin (for a file named -, write ./-)');
    noPositionals(others);
    const question = readQuestion(values, given);
    const path = str(source);
    const call = callOf(path, question, values.function, given);
    const taken = recorded(call, question.target);
    requireWorkingDirectory(taken.outcome, question, '');
    const steps = stepsOf(tellingRules(call, question.target), readChapters());
    if (values.json) {
      const told = asJson(path, call, question.target, taken, steps);
      console.log(JSON.stringify({ ...told, ...likeJson(question) }, null, 2));
    } else {
      const width = textWidth(process.stdout);
      const paint = painter(wantsColor(process.stdout));
      console.log(asText(path, call, question.target, taken, steps, width, paint).join('\n'));
    }
    return taken.outcome.kind === 'raise' ? exitCodes.broken : 0;
  },
};

/**
 * The call to explain: of the function that is named, or else of the one that takes such a path.
 * @throws UsageError
 */
function callOf(path: Str, question: Question, name: string | undefined, given: ReadonlySet<string>): Call {
  const argument = ['optimization', 'debug-override'].find((option) => given.has(option));
  if (name === undefined) {
    if (argument !== undefined || !isOfBytecode(path, question.state, question.target))
      return question.call(path);
    note(
      'this is the path of a bytecode file, so source_from_cache is explained; --function cache_from_source explains the other function',
    );
    return callBack(question.state, path);
  }
  if (!functions.some((one) => one === name)) {
    throw new UsageError(
      `--function takes ${functions.join(' or ')}, not '${name}'${didYouMean(name, functions)}`,
    );
  }
  if (name === 'cache_from_source') return question.call(path);
  if (argument === undefined) return callBack(question.state, path);
  throw new UsageError(`source_from_cache takes only a path: --${argument} cannot be combined with it`);
}

/** Rules by id, as the chapters state them. */
export function stepsOf(rules: readonly string[], chapters: readonly Chapter[]): Rule[] {
  const byId = new Map(chapters.flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
  return rules.map((id) => {
    const rule = byId.get(id);
    if (!rule) throw new Error(`no chapter has the rule ${id}`);
    return rule;
  });
}

const chapterFile = ({ chapter }: Rule): string => `spec/${chapter}.md`;

/** The explanation as text. */
export function asText(
  path: Str,
  call: Call,
  target: Target,
  taken: Recorded,
  steps: readonly Rule[],
  width: number,
  paint: Paint,
): string[] {
  const release = releaseOf(target.version);
  const { unicode } = release;
  const { record } = taken;
  const marks =
    call.function === undefined
      ? marksOf(cutsOf(record, release), release)
      : backMarksOf(backCutsOf(record), record);
  const cut = picture(path, marks, unicode, width - 2, (text) => paint(['cyan', 'bold'], text));
  const quirks = steps.flatMap(({ quirk }, i) => (quirk === undefined ? [] : [i + 1]));
  return [
    paint('bold', callSource(call)),
    interpreterSource(call, target),
    '',
    ...(path.isEmpty ? [] : [...cut.map((line) => `  ${line}`), '']),
    ...outcomeLines(taken.outcome, (text) => shown(text, unicode), paint),
    '',
    `Why, the most relevant rule first${quirks.length === 0 ? '' : `; surprising: ${listed(quirks)}`}:`,
    ...steps.flatMap((rule, i) => ['', ...stepLines(rule, i + 1, width, paint)]),
  ];
}

/** The interpreter, and the state that the function reads. */
function interpreterSource({ function: name, state }: Call, { version, platform }: Target): string {
  const { cacheTag, optimize, pycachePrefix, cwd } = state;
  const isBack = name !== undefined;
  return [
    `Python ${formatVersion(version)} on ${platform === 'posix' ? 'POSIX' : 'Windows'}`,
    `cache_tag=${valueSource(cacheTag)}`,
    ...(isBack ? [] : [`optimize=${optimize}`]),
    ...(pycachePrefix === null ? [] : [`pycache_prefix=${valueSource(pycachePrefix)}`]),
    ...(isBack || cwd === null ? [] : [`cwd=${valueSource(cwd)}`]),
  ].join(', ');
}

function outcomeLines(outcome: Answered, shown: (text: Str) => string, paint: Paint): string[] {
  const warnings = (outcome.warnings ?? []).map(
    ({ category, message = Str.empty }) => `  ${paint('yellow', 'warns')}   ${category}: ${shown(message)}`,
  );
  const result =
    outcome.kind === 'return'
      ? `  ${paint('green', 'returns')} ${paint('bold', shown(outcome.value as Str))}`
      : `  ${paint('red', 'raises')}  ${outcome.type}: ${shown(outcome.message ?? Str.empty)}`;
  return [...warnings, result];
}

function stepLines(rule: Rule, number: number, width: number, paint: Paint): string[] {
  const indent = ' '.repeat(6);
  const { id, level, quirk, statement } = rule;
  const mark = quirk === undefined ? level : `${level}, quirk`;
  const said = quirk === undefined ? [firstSentence(rule)] : [statement, `Expected instead: ${quirk}`];
  const facts = `${mark}, ${chapterFile(rule)}`;
  const head = `${String(number).padStart(4)}  ${paint(quirk === undefined ? 'bold' : ['yellow', 'bold'], id)}`;
  const fits = indent.length + id.length + 2 + facts.length <= width;
  return [
    ...(fits ? [`${head}  ${paint('dim', facts)}`] : [head, indent + paint('dim', facts)]),
    ...said.map((text) => wrapped(plain(text), indent, width - indent.length)),
  ];
}

/** The first sentence of the statement, which may start with the title. It is Markdown without bold text. */
export function firstSentence({ title, statement }: Rule): string {
  const text = statement.replaceAll('**', '');
  const end = text.slice(title.length - 1).search(/\.(?:\s|$)/);
  return end < 0 ? text : text.slice(0, title.length + end);
}

const listed = (numbers: readonly number[]): string =>
  numbers.length === 1 ? `${numbers[0]}` : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;

/** The explanation as JSON. */
function asJson(
  path: Str,
  call: Call,
  target: Target,
  taken: Recorded,
  steps: readonly Rule[],
): { readonly [key: string]: Json } {
  const release = releaseOf(target.version);
  const points = (offset: number | undefined): number | null =>
    offset === undefined ? null : path.slice(0, offset).codePoints().length;
  const { separator, dot, ...more } =
    call.function === undefined ? cutsOf(taken.record, release) : backCutsOf(taken.record);
  const cut = {
    separator: points(separator),
    dot: points(dot),
    ...('drops' in more ? {} : { prefix: points(more.prefix), folder: points(more.folder) }),
  };
  return {
    interpreter: {
      version: formatVersion(target.version),
      platform: target.platform,
      ...(encodeState(call.state) as object),
    },
    call: callSource(call),
    path: encodeValue(path),
    ...outcomeJson(taken.outcome),
    cut: { unit: 'code points', ...cut },
    steps: steps.map((rule) => ({
      rule: rule.id,
      level: rule.level,
      quirk: rule.quirk ?? null,
      title: rule.title,
      statement: rule.statement,
      chapter: chapterFile(rule),
    })),
  };
}
