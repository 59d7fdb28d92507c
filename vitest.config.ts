import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One module graph per worker: ten times faster, and the reason why no module keeps mutable state.
    isolate: false,
    // They wait for Discord more than they compute: on two cores four workers are more than twice as fast as what is usual.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
