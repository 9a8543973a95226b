/* XML 1.0, of texts that may hold anything. */
import { visible } from './wording.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text between tags. What XML cannot hold is written as a Python escape. */
export const xmlText = (text: string): string => visible(text).replaceAll(/[&<>]/g, (one) => entities[one]!);

/** ` name="value"`, for each that has a value. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${quoted(String(value))}"`)
    .join('');

// A reader makes a space of a line break in an attribute that is not written as a reference.
const quoted = (text: string): string =>
  xmlText(text).replaceAll(/["\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
