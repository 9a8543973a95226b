import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let root: string | undefined;

/** The folder of this package, whether the code runs from its sources or its build. */
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
 * @param site the address of the site; by default the homepage in package.json, or empty if there is none
 * @returns its URL, or its path below the site's root if the site has no address
 */
export const pageOf = (rule: string, site = manifest().homepage ?? ''): string =>
  `${site.replace(/[^/]$/, '$&/')}rules/${rule}.html`;

/** The section of a rule that has no page of its own, within the page of its chapter. */
export const sectionOf = (chapter: string, rule: string, site = manifest().homepage ?? ''): string =>
  `${site.replace(/[^/]$/, '$&/')}${chapter}.html#${rule}`;
