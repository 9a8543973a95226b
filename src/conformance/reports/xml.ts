/* XML 1.0 for texts with any characters. */
import { visible } from './wording.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text between tags. Characters that XML cannot contain are written as Python escapes. */
export const xmlText = (text: string): string => visible(text).replaceAll(/[&<>]/g, (one) => entities[one]!);

/** ` name="value"` for each attribute that has a value. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${quoted(String(value))}"`)
    .join('');

// XML parsers turn a line break or tab in an attribute into a space, unless it is a character reference.
const quoted = (text: string): string =>
  xmlText(text).replaceAll(/["\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
