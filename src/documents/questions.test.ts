/* Each question on the page has one answer: a command that the help lists. commands.test.ts runs it. */
import { describe, expect, test } from 'vitest';
import { generalHelp } from '../cli/help.ts';
import { isCommand } from '../cli/table.ts';
import { documentOf } from './testing.ts';

const { text } = documentOf('spec/questions.md');
const questions = [
  ...text.matchAll(/^\*\*([^*\n]+(?:\*[^*\n]+\*[^*\n]*)?\?)\*\*.*\n\n((?:```\n(?:(?!```).*\n)+```\n\n?)*)/gm),
].map(([, question, blocks]) => ({
  question: question!,
  commands: [...blocks!.matchAll(/^\$ .*\bnpx pycache-spec ([a-z]+)/gm)].map(([, name]) => name!),
  lines: blocks!.match(/^\$ /gm)?.length,
}));

describe('questions', () => {
  test.each(questions)('$question', ({ commands, lines }) => {
    expect([commands.length, lines]).toEqual([1, 1]);
    const [name] = commands as [string];
    expect(isCommand(name)).toBe(true);
    expect(generalHelp()).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test('are all read', () => {
    expect(questions.length).toBe(text.match(/^\*\*/gm)?.length);
    expect(questions.length).toBeGreaterThanOrEqual(22);
  });
});
