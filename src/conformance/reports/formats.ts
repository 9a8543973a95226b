/* The formats of reports: one for each file in `formats/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Format } from './format.ts';

const folder = join(import.meta.dirname, 'formats');

/** The files by the name of their format, whether the code runs from its sources or its build. */
const files = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder).flatMap((file) => {
      const name = /^([a-z0-9-]+)\.[jt]s$/.exec(file)?.[1];
      return name === undefined ? [] : [[name, file] as const];
    }),
  );

export const formatNames = (): string[] => [...files().keys()].toSorted();

/** @throws RangeError if there is no such format; the message lists the formats */
export async function loadFormat(name: string): Promise<Format> {
  const file = files().get(name);
  if (file === undefined) {
    throw new RangeError(`there is no format '${name}'; the formats are ${formatNames().join(', ')}`);
  }
  const loaded = (await import(pathToFileURL(join(folder, file)).href)) as { readonly format: Format };
  return loaded.format;
}
