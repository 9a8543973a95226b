import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let root: string | undefined;

/** The folder of this package, whether its sources run or what was built from them. */
export function packageRoot(): string {
  if (root === undefined) {
    root = import.meta.dirname;
    while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  }
  return root;
}

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
