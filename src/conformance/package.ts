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

type Manifest = { readonly version: string; readonly homepage?: string };

const manifest = (): Manifest =>
  JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Manifest;

export const packageVersion = (): string => manifest().version;

/**
 * The page of a rule.
 *
 * @param site where the site is, which ends in `/`; of package.json, until that tells, nothing
 * @returns its address, or, of a site that is nowhere, the path below its root
 */
export const pageOf = (rule: string, site = manifest().homepage ?? ''): string => `${site}rules/${rule}.html`;
