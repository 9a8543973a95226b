/*
 * Runs the adapter python.py on the CPython in Pyodide:
 *
 *     node pyodide.mjs [PACKAGE-OR-FOLDER]
 *
 * The argument is an npm package, which is looked up from the working directory and then from this file, or the path of
 * a folder that contains Pyodide. The default is the package pyodide.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { startPyodide } from './pyodide/snapshot.mjs';

const named = process.argv[2] ?? 'pyodide';
const isFolder = isAbsolute(named) || named.startsWith('.');

/** The folder of the requested Pyodide. */
function findFolder() {
  if (isFolder) return named;
  for (const from of [join(process.cwd(), 'adapter.mjs'), import.meta.filename]) {
    try {
      return dirname(createRequire(from).resolve(named));
    } catch {
      // The next place may have it.
    }
  }
  return undefined;
}

/** Python code that runs python.py, without starting it. */
const adapter = `
adapter = {"__name__": "adapter"}
exec(compile(${JSON.stringify(readFileSync(join(import.meta.dirname, 'python.py'), 'utf8'))}, "python.py", "exec"), adapter)
`;

/** Python code that starts the adapter. */
const setUp = `
def set_up(version):
    hello_of_python = adapter["hello"]

    def hello():
        return dict(hello_of_python(), implementation={
            "name": "pyodide", "version": version, "language": "Python", "homepage": "https://pyodide.org"})

    adapter["hello"] = hello
    adapter["start"]()
    return lambda line: adapter["reply_to"](line.encode("latin-1"))

set_up
`;

/** Returns a function that gives the reply to a line, or undefined for the last one. */
async function startPython(folder) {
  const toStderr = (text) => console.error(text);
  const pyodide = await startPyodide(folder, { stdout: toStderr, stderr: toStderr }, adapter);
  return pyodide.runPython(setUp)(pyodide.version);
}

/** The lines of the input, with one character per byte. A line may be long, and the last one may have no line end. */
async function* linesOf(input) {
  let parts = [];
  for await (const chunk of input) {
    let start = 0;
    for (let end; (end = chunk.indexOf('\n', start)) >= 0; start = end + 1) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]).toString('latin1');
      parts = [];
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('latin1');
}

async function main() {
  const folder = findFolder();
  if (folder === undefined || !existsSync(join(folder, 'pyodide.mjs'))) {
    console.error(
      isFolder
        ? `pyodide.mjs: there is no Pyodide in the folder '${named}'.`
        : `pyodide.mjs: there is no Pyodide in the package '${named}' here; npm install ${named} gets it.`,
    );
    return 3;
  }
  // stdout carries only the protocol, so anything else that is printed goes to stderr.
  const reply = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const replyTo = await startPython(folder);
  for await (const line of linesOf(process.stdin)) {
    const text = replyTo(line);
    if (text === undefined) break;
    reply(`${text}\n`);
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
