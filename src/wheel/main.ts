/* npm run wheel: creates the wheel in the root, where npm pack creates its file. */
import { relative } from 'node:path';
import { packageRoot } from '../conformance/package.ts';
import { buildWheel } from './build.ts';

console.log(relative('.', await buildWheel(packageRoot())));
