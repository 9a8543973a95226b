import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package.ts';
import { isBarePython, whyUnstartable } from './unstartable.ts';

/* The common messages are tested in `src/cli/errors.test.ts`, with real programs. These are the others. */
describe('why a program cannot be started', () => {
  test.each([
    ['x', 'E2BIG', 'its arguments are too long'],
    ['x', 'EACCES', 'the file of that name on the PATH is not executable'],
    ['x', 'EMFILE', 'the system rejects it (EMFILE)'],
    [
      process.execPath,
      'ENOEXEC',
      'the system cannot run it: it is neither a program for this machine nor a script',
    ],
    [process.execPath, 'ENOENT', 'something that it needs in order to start is missing'],
    [process.execPath, 'EAGAIN', 'the system rejects it (EAGAIN)'],
    [`${packageRoot()}/`, 'EACCES', 'it is a directory'],
    ['', 'ENOENT', 'its name is empty'],
  ])('%s, %s', (program, code, why) => expect(whyUnstartable(program, { code })).toBe(why));
});

test.each<readonly [string[], boolean]>([
  [['python3'], true],
  [['/usr/bin/python3.12'], true],
  [['pypy3'], true],
  [['python3', 'adapter.py'], false],
  [['python3-adapter'], false],
  [['my-python'], false],
  [[], false],
])('%j is a Python alone: %s', (command, is) => expect(isBarePython(command)).toBe(is));
