/* Instructive calls, as addresses of the page. */
import { addressOf } from './address.ts';
import { latestOf, plainForm, type Form } from './form.ts';

export type Example = { readonly title: string; readonly address: string };

const example = (title: string, changes: Partial<Form>): Example => ({
  title,
  address: addressOf({ ...plainForm(), ...changes }),
});

export const examples: readonly Example[] = [
  example('a file in the root directory', { path: '/foo.py' }),
  example('optimization=True', { path: 'a.py', optimization: 'value', optimizationText: 'True' }),
  example('level -OO', { optimize: '2' }),
  example('a name that begins with a dot', { path: 'pkg/.hidden' }),
  example('an empty cache tag', { path: 'a.py', cacheTag: 'text' }),
  example('a relative path below a prefix', {
    path: './pkg/mod.py',
    pycachePrefix: 'text',
    pycachePrefixText: '/tmp/bytecode',
    cwd: 'text',
    cwdText: '/home/me',
  }),
  example('a Windows drive', { path: String.raw`C:\mod.py`, platform: 'win32' }),
  example('debug_override, in 3.14', {
    path: 'a.py',
    debugOverride: 'false',
    version: latestOf('3.14'),
  }),
  example('a bytecode file', { path: '/foo/bar/__pycache__/baz.cpython-313.opt-2.pyc' }),
  example('a whole call', { kind: 'call', path: "cache_from_source(PathLike('a.py'), optimization=2)" }),
  example('no path at all', { kind: 'call', path: 'cache_from_source()' }),
];
