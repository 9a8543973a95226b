/*
 * Reads chapter 11, whose rules are about how an interpreter is started. Its sections are like those of other chapters,
 * except that the line of facts names implementations and the examples are command lines.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStartable, type Startable, type Starting } from '../python/command-line.ts';
import type { Platform, Target } from '../python/interpreter.ts';
import { parseRelease, parseSince, releaseOf } from '../python/releases.ts';
import { implementationNames, implementations } from '../python/tags.ts';
import { appliesTo, type Bounds } from './bounds.ts';
import {
  ChapterError,
  exampleBlocks,
  parseStatement,
  partsOf,
  specFolder,
  stateChapterName,
  type Example,
  type Statement,
} from './chapters.ts';
import { namedProgram, parseStartLine, StartLineError, type StartLine } from './start-line.ts';

export type StateRule = Statement & {
  /** The interpreters that it applies to. */
  readonly bounds: readonly ImplementationBounds[];
  readonly origin: string;
  readonly examples: readonly StateExample[];
};

export type ImplementationBounds = Bounds & { readonly implementation: Startable };

/** A command line, and its effect. */
export type StateExample = {
  readonly side: Example['side'];
  /** The command line as typed. */
  readonly line: string;
  readonly start: StartLine;
  /**
   * The interpreter that is started. Its implementation and release come from the program's name, its platform from the
   * rule.
   */
  readonly starting: Starting;
  /** In the form of `outcomeText`. */
  readonly outcome: string;
};

export type StateChapter = {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly StateRule[];
};

/** @throws ChapterError */
export const readStateChapter = (): StateChapter =>
  parseStateChapter(readFileSync(join(specFolder(), `${stateChapterName}.md`), 'utf8'));

/** @throws ChapterError */
export function parseStateChapter(markdown: string): StateChapter {
  const { title, sections } = partsOf(stateChapterName, markdown);
  return { name: stateChapterName, title, rules: sections.map(parseRule) };
}

/** Whether these bounds include an interpreter. */
export const isWithin = (
  bounds: ImplementationBounds,
  { implementation, version, platform }: Target & Pick<Starting, 'implementation'>,
): boolean => bounds.implementation === implementation && appliesTo(bounds, { version, platform });

export const stateRuleApplies = (
  { bounds }: StateRule,
  { implementation, release: { version }, platform }: Starting,
): boolean => bounds.some((one) => isWithin(one, { implementation, version, platform }));

const form = 'level · CPython … and later · PyPy … and later · POSIX, Windows · origin';
const facts =
  /^(documented|observed)(, quirk)? · ((?:\w+ [\d.]+ and later(?:, before [\d.]+)? · )+)(POSIX|Windows|POSIX, Windows) · (.+)$/m;

function parseRule(section: string): StateRule {
  const { statement, groups, fail } = parseStatement(stateChapterName, section, facts, form);
  const [named = '', systems = '', origin = ''] = groups;
  const platforms = systems.split(', ').map((name): Platform => (name === 'POSIX' ? 'posix' : 'win32'));
  const bounds = named
    .split(' · ')
    .slice(0, -1)
    .map((text): ImplementationBounds => {
      const [, name, since = '', before] =
        /^(\w+) ([\d.]+) and later(?:, before ([\d.]+))?$/.exec(text) ?? [];
      const implementation = implementations
        .filter(isStartable)
        .find((one) => implementationNames[one] === name);
      if (implementation === undefined) return fail(`'${name}' is neither CPython nor PyPy`);
      return {
        implementation,
        since: parseSince(since),
        ...(before === undefined ? {} : { before: parseSince(before) }),
        platforms,
      };
    });
  const examples = exampleBlocks(section, 'sh', fail).flatMap(([side, block]) =>
    parseExamples(side, block, platforms[0]!),
  );
  return { ...statement, bounds, origin, examples };
}

function parseExamples(side: Example['side'], block: string, platform: Platform): StateExample[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [line = '', outcome = ''] = text.trimEnd().split('\n');
      const fail = (problem: string): never => {
        throw new ChapterError(`${stateChapterName}: ${line}: ${problem}`);
      };
      try {
        const start = parseStartLine(line);
        const { implementation, version = '' } = namedProgram(start.program) ?? {};
        const release = parseRelease(version);
        if (implementation === undefined || !isStartable(implementation) || release === undefined) {
          return fail('the name of the program tells no CPython and no PyPy, with its release');
        }
        return {
          side,
          line,
          start,
          starting: { implementation, release: releaseOf(release), platform },
          outcome,
        };
      } catch (error) {
        if (error instanceof StartLineError) return fail(error.message);
        throw error;
      }
    });
}

/** The effect of a command line; null if no program is run. */
export type StartOutcome = {
  readonly level: bigint;
  readonly prefix: string | null;
  readonly written: boolean;
} | null;

/** The same in words, in the form of the examples. */
export function outcomeText(outcome: StartOutcome): string {
  if (outcome === null) return 'no program is run';
  const { level, prefix, written } = outcome;
  return [
    `level ${level}`,
    ...(prefix === null ? [] : [`prefix '${prefix}'`]),
    ...(written ? [] : ['nothing written']),
  ].join(', ');
}
