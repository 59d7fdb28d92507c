import { defineConfig } from 'vitest/config';

/** What a person does at the page, in a real browser. `SCREENSHOTS=folder` keeps pictures of it. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.spec.ts'],
    globalSetup: 'test/browser/setup.ts',
    // One browser at a time: two would wait for each other more than for the page.
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
