import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { packageRoot } from '../conformance/package.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

const folder = (): string => join(packageRoot(), 'src', 'adapters');

/** The files in the folder. A Python that was started there also leaves a folder. */
const files = (): string[] =>
  readdirSync(folder(), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
const names = (): string =>
  files()
    .map((file) => parse(file).name)
    .join(', ');

/** The path of a shipped adapter, by name; undefined if there is none. */
export function adapterPath(name: string): string | undefined {
  const file = files().find((one) => parse(one).name === name);
  return file === undefined ? undefined : join(folder(), file);
}

export const adapter = {
  run(args: readonly string[]): number {
    const [name, ...others] = readOptions('adapter', args).positionals;
    noPositionals(others);
    const path = name === undefined ? undefined : adapterPath(name);
    if (path === undefined) {
      const problem =
        name === undefined ? 'adapter takes the name of an adapter' : `there is no adapter named '${name}'`;
      throw new UsageError(`${problem}; the adapters are: ${names()}`);
    }
    console.log(path);
    return 0;
  },
};
