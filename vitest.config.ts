import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

// Half of what a program of ours costs until it is there is reading its modules: each is compiled once for all that tests start.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node');

/** They start programs or wait for Discord's own delays, which vitest cannot see: on a fresh clone it takes the largest file first. */
const LONGEST = [
  'test/main.test.ts',
  'test/discord/catch-up-deletions.test.ts',
  'test/discord/catch-up-trouble.test.ts',
  'test/bench/faults.test.ts',
  'test/access/matrix.test.ts',
  'test/jobs/guild-timezones.test.ts',
  'test/stopping.test.ts',
  'test/sandbox/gateway/resilience.test.ts',
  'test/flood.test.ts',
  'test/backend.test.ts',
  'test/bench/main.test.ts',
  'test/cli.test.ts',
];

/** What begins last ends last, so the longest files come first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One module graph per worker: ten times faster, and the reason why no module keeps mutable state.
    isolate: false,
    // They wait for Discord more than they compute: on two cores four workers are more than twice as fast as what is usual.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
