import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One module graph per worker: ten times faster, and the reason why no module keeps mutable state.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
