// Builds the rendering thread before the tests, since Node loads it as a file of its own.
import { join } from 'node:path';
import { bundle } from '../bin/bundle.mjs';
import { root } from '../bin/set-up.mjs';

export default () => bundle(join(root, 'lib', 'worker', 'render-worker.ts'), join(root, 'dist', 'worker'));
