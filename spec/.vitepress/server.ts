/*
 * For tests: serves the site below a base path, as a host does. The site is built once for all tests of a run: in CI
 * at its start, otherwise at the first request.
 */
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { wholly } from '../../fixtures/effort.ts';
import { packageRoot } from '../../src/conformance/package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the site's front page. The first request waits until the site is built. */
    readonly site: string;
    /** The folder into which it is built. */
    readonly siteFolder: string;
  }
}

const base = '/some/base/';
const folder = join(packageRoot(), 'dist', 'tested-site');

/** Called by vitest before the tests of a run; the function that it returns is called after them. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  // In CI, where its tests run for sure, the build does not make them wait.
  const ended = new AbortController();
  let built = wholly ? build(ended.signal) : undefined;
  built?.catch(() => {});
  const server = createServer((request, response) => {
    void (async () => {
      try {
        await (built ??= build(ended.signal));
        const { type, body } = await find(request.url ?? '/');
        response.writeHead(body === undefined ? 404 : 200, { 'content-type': type });
        response.end(body);
      } catch (error) {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provide('site', `http://127.0.0.1:${portOf(server)}${base}`);
  provide('siteFolder', folder);
  return () => {
    server.close();
    ended.abort();
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** @throws Error with the output of the build if it fails */
function build(signal: AbortSignal): Promise<void> {
  const vitepress = join(import.meta.dirname, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitepress, 'build', 'spec', '--base', base, '--outDir', folder], {
      cwd: packageRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let printed = '';
    child.stdout.on('data', (text) => (printed += String(text)));
    child.stderr.on('data', (text) => (printed += String(text)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the site could not be built:\n${printed}`));
    });
  });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

async function find(url: string): Promise<{ type: string; body?: Buffer }> {
  const path = decodeURIComponent(url.replace(/[?#].*$/, ''));
  if (!path.startsWith(base) || path.includes('..')) return { type: 'text/plain' };
  const inside = path.slice(base.length);
  const file = join(folder, inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside);
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  const type = types[extname(file)] ?? 'application/octet-stream';
  return isFile ? { type, body: await readFile(file) } : { type: 'text/plain' };
}
