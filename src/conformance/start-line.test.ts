import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedProgram, parseStartLine, StartLineError } from './start-line.ts';

describe('a command line is taken apart', () => {
  test.each([
    ['python3.13', {}, 'python3.13', []],
    ['  python3.13\t-O   a.py ', {}, 'python3.13', ['-O', 'a.py']],
    ['A=1 B= python -c "import a"', { A: '1', B: '' }, 'python', ['-c', 'import a']],
    ["A='a b'=c\\ d python", { A: 'a b=c d' }, 'python', []],
    ['A=1 A=2 python', { A: '2' }, 'python', []],
    ['python A=1', {}, 'python', ['A=1']],
    [String.raw`python "\a\"\$\\" '\a' \a`, {}, 'python', [String.raw`\a"$\ `.trim(), String.raw`\a`, 'a']],
    [`python '' "" ''""`, {}, 'python', ['', '', '']],
    ['"A=1"', {}, 'A=1', []],
    ["'A'=1", {}, 'A=1', []],
    ['A\\=1', {}, 'A=1', []],
    ['1A=1', {}, '1A=1', []],
    ['python a~ a#b "~" \\~', {}, 'python', ['a~', 'a#b', '~', '~']],
    ['python a\\\nb "c\\\nd"', {}, 'python', ['ab', 'cd']],
  ])('%s', (line, environment, program, words) => {
    expect(parseStartLine(line)).toEqual({ environment, program, words });
  });

  test.each([
    ['', 'there is no program after the assignments'],
    ['A=1 B=2', 'there is no program after the assignments'],
    ["''", 'there is no program after the assignments'],
    ["python 'a b", 'the single quote before a b is not closed'],
    ['python "a b', 'the double quote before a b is not closed'],
    ['python "', 'the double quote before the end is not closed'],
    ['python \\', 'there is nothing after the backslash at the end'],
    ['A=$B python', '$ stands for something else in a shell'],
    ['python "`a`"', '` stands for something else in a shell'],
    ['python a; b', '; ends the command in a shell'],
    ['python > a', '> ends the command in a shell'],
    ['python\n-O', 'the end of a line ends the command in a shell'],
    ['python *.py', '* may stand for names of files in a shell'],
    ['A=~/b python', '~ may stand for a folder in a shell'],
    ['python ~', '~ may stand for a folder in a shell'],
    ['python #a', '# begins a comment in a shell'],
  ])('but for %s', (line, message) => {
    expect(() => parseStartLine(line)).toThrow(StartLineError);
    expect(() => parseStartLine(line)).toThrow(message);
  });

  /** The arguments of the program; undefined if the line is rejected. */
  const wordsOf = (line: string): readonly string[] | undefined => {
    try {
      return parseStartLine(line).words;
    } catch (error) {
      if (error instanceof StartLineError) return undefined;
      throw error;
    }
  };

  test('as a shell takes it', () => {
    const piece = fc.constantFrom(...'ab= \t\'"\\~#$`;&|<>()*?[]{}!\n'.split(''), 'A=1 ', '\\"', "'' ");
    let taken = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = `printf '%s\\0' : ${pieces.join('')}`;
        const words = wordsOf(line);
        if (words === undefined) return true;
        taken++;
        const told = execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
        return JSON.stringify(words.slice(1)) === JSON.stringify(told);
      }),
      { numRuns: 600, seed: 1 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('the name of a program tells whose it is', () => {
  test.each([
    ['python', 'cpython', undefined],
    ['python3', 'cpython', undefined],
    ['python3.13', 'cpython', '3.13'],
    ['python3.13t', 'cpython', '3.13'],
    ['python3.6dm', 'cpython', '3.6'],
    ['/usr/bin/python3.12.1', 'cpython', '3.12.1'],
    [String.raw`C:\Python\python.exe`, 'cpython', undefined],
    ['python3.9.EXE', 'cpython', '3.9'],
    ['pypy3', 'pypy', undefined],
    ['./pypy3.11', 'pypy', '3.11'],
    ['pypy3.11-c', 'pypy', '3.11'],
    ['graalpy3.12', 'graalpy', '3.12'],
    ['rustpython', 'rustpython', undefined],
    ['pypy-7.3.19', undefined, undefined],
    ['ipython3.13', undefined, undefined],
    ['pythonw3.13x', undefined, undefined],
    ['env', undefined, undefined],
  ])('%s', (program, implementation, version) => {
    const told = namedProgram(program);
    expect([told?.implementation, told?.version]).toEqual([implementation, version]);
  });
});
