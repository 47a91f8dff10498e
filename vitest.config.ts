import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { 'server-only': here('./tests/empty.ts'), '@': here('.') } },
  test: {
    include: ['{lib,components,demo,cli,tests}/**/*.test.{ts,tsx}'],
    globalSetup: ['./tests/build-worker.mjs'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
