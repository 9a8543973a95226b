/* Reads the list of undetectable changes, and names changes. */

/**
 * The name of a change, independent of its position: the file, the kind, and the text before and after. Positions count
 * from 1.
 */
export function mutated(file, mutator, source, { start, end }, replacement) {
  const lines = source.split('\n');
  const offset = ({ line, column }) =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const before = source.slice(offset(start), offset(end));
  return [file, mutator, inOneLine(before), '->', inOneLine(replacement)].join('  ');
}

/** Numbers changes that have the same name, from the second on. */
export function namesOf(names) {
  const seen = new Map();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}  (${times})`;
  });
}

const inOneLine = (text) => text.replaceAll(/\s+/g, ' ').trim();

/**
 * Reads a list in which a reason precedes the indented changes that it explains.
 *
 * @returns the name of each change, with its reason
 * @throws Error if a change has no reason, or is listed twice
 */
export function readSurvivors(text) {
  const survivors = new Map();
  let reason = '';
  let isNamed = true;
  for (const line of text.split('\n')) {
    if (line.startsWith('    ')) {
      const name = line.trim();
      if (reason === '') throw new Error(`survivors.txt gives no reason for: ${name}`);
      if (survivors.has(name)) throw new Error(`survivors.txt names this twice: ${name}`);
      survivors.set(name, reason);
      isNamed = true;
    } else if (line !== '') {
      reason = isNamed ? line : `${reason} ${line}`;
      isNamed = false;
    }
  }
  return [...survivors].map(([name, why]) => ({ name, why }));
}
