import { defineConfig } from '@playwright/test';
import demo from './playwright.config';

/** Browser tests on the real cluster of testbed/, which takes longer to start than the demo cluster. */
export default defineConfig({
  ...demo,
  testDir: 'tests/e2e-real',
  tsconfig: 'tests/e2e-real/tsconfig.json',
  timeout: 120_000,
  outputDir: 'test-results/real',
});
