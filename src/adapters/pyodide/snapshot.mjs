/*
 * Starts Pyodide from a snapshot of its memory, which takes a fifth of the time. The first start writes the snapshot
 * to `node_modules/.cache`, beside the package. A Pyodide outside `node_modules` has none, because it may be one that is
 * being changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param folder the folder that contains Pyodide
 * @param options those of `loadPyodide`; a snapshot contains what Python makes of `args`
 * @param prepared Python code that is run in every Pyodide; a snapshot contains what it leaves
 */
export async function startPyodide(folder, options = {}, prepared = '') {
  const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
  const load = (more) => loadPyodide({ indexURL: join(folder, '/'), ...options, ...more });
  const start = async (more) => {
    const pyodide = await load(more);
    if (prepared !== '') pyodide.runPython(prepared);
    return pyodide;
  };
  const file = snapshotFile(resolve(folder), options.args ?? [], prepared);
  if (file === undefined) return start();
  const snapshot = attempt(() => readFileSync(file));
  if (snapshot === undefined) {
    const pyodide = await start({ _makeSnapshot: true });
    attempt(() => keep(file, pyodide.makeMemorySnapshot()));
    return pyodide;
  }
  if (snapshot.length === 0) return start();
  try {
    return await load({ _loadSnapshot: snapshot });
  } catch {
    // Some releases write snapshots that they do not load. An empty file says so to further starts.
    attempt(() => keep(file, ''));
    return start();
  }
}

/** The file for the snapshot, named after all that it depends on; undefined outside `node_modules`. */
function snapshotFile(folder, args, prepared) {
  const inside = `${sep}node_modules${sep}`;
  const end = folder.lastIndexOf(inside);
  if (end < 0) return undefined;
  const hash = (...parts) => {
    const sum = createHash('sha256');
    for (const part of parts) sum.update(part);
    return sum.digest('hex').slice(0, 16);
  };
  const own = readdirSync(folder).filter((name) =>
    /^(pyodide|python_stdlib)\b.*\.(m?js|wasm|zip)$/.test(name),
  );
  // Reading all of their content would take a tenth of a start.
  const files = own.map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return [name, size, mtimeMs];
  });
  const about = attempt(() => readFileSync(join(folder, 'package.json'))) ?? '';
  const content = hash(prepared, about, JSON.stringify(files));
  return join(
    folder.slice(0, end + inside.length),
    '.cache',
    'pycache-spec',
    `${basename(folder)}-${hash(JSON.stringify([args, prepared !== '']))}-${content}.snapshot`,
  );
}

/** Writes the snapshot in one step, and removes those of the same package as it was before. */
function keep(file, snapshot) {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const part = `${file}.${process.pid}`;
  writeFileSync(part, snapshot);
  renameSync(part, file);
  const before = basename(file).replace(/[^-]*$/, '');
  for (const name of readdirSync(folder)) {
    if (name.startsWith(before) && name.endsWith('.snapshot') && name !== basename(file)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

/** Without a snapshot, Pyodide only starts more slowly. */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
