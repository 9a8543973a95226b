#!/usr/bin/env node
// Runs the built command. This file is in src/ so that npx finds it before the first build, too.
import { existsSync } from 'node:fs';

const main = new URL('../../dist/src/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href).catch((error) => {
    // Node's own exit code, 1, would mean not conformant.
    console.error('pycache-spec: it could not be started:', error);
    process.exitCode = 3;
  });
} else {
  console.error('pycache-spec: this checkout is not built yet; npm ci builds it.');
  process.exitCode = 2;
}
