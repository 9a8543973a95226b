/* npm run wheel: puts the wheel into the root, where npm pack puts its file. */
import { relative } from 'node:path';
import { packageRoot } from '../conformance/package.ts';
import { buildWheel } from './build.ts';

console.log(relative('.', await buildWheel(packageRoot())));
