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

let known: Manifest | undefined;

const manifest = (): Manifest =>
  (known ??= JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Manifest);

export const packageVersion = (): string => manifest().version;

/**
 * The page of a rule.
 *
 * @param site where the site is: what package.json has as its homepage, or nowhere, which is empty
 * @returns its address, or, of a site that is nowhere, the path below its root
 */
export const pageOf = (rule: string, site = manifest().homepage ?? ''): string =>
  `${site.replace(/[^/]$/, '$&/')}rules/${rule}.html`;

/** The section of a rule that has no page of its own, in its chapter's page. */
export const sectionOf = (chapter: string, rule: string, site = manifest().homepage ?? ''): string =>
  `${site.replace(/[^/]$/, '$&/')}${chapter}.html#${rule}`;
