import { expect, test } from 'vitest';
import { isPlatform, plainState, platforms } from './interpreter.ts';

test('a platform is one of those that sys.platform names here', () => {
  expect(platforms.filter(isPlatform)).toEqual(['posix', 'win32']);
  expect(['', 'linux', 'nt', 'POSIX', 'win'].filter(isPlatform)).toEqual([]);
});

test('the state that nobody changed has the tag of its release and the working directory of its platform', () => {
  const told = (...of: Parameters<typeof plainState>): unknown[] => {
    const { cacheTag, optimize, pycachePrefix, cwd } = plainState(...of);
    return [cacheTag?.units, optimize, pycachePrefix, cwd?.units];
  };
  expect(told([3, 13, 8])).toEqual(['cpython-313', 0n, null, '/w']);
  expect(told([3, 9, 0], 'posix')).toEqual(['cpython-39', 0n, null, '/w']);
  expect(told([3, 4, 0], 'win32')).toEqual(['cpython-34', 0n, null, String.raw`C:\w`]);
});
