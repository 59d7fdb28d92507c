import * as fc from 'fast-check';
import { LEVELS } from '../../src/domain/entry.ts';
import type { Entry } from '../../src/domain/entry.ts';
import type { WorkLog } from '../../src/domain/work-log.ts';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** What may be in a log at worst: any characters, a lot of them, and those that Discord gives a meaning. */

const MEANINGFUL = ['*', '\n', '`', '@everyone ', '👨‍👩‍👧', '[a](https://b.c)', '> ', '\u0301', ''];

export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5000 }),
  fc
    .tuple(fc.constantFrom(...MEANINGFUL), fc.integer({ min: 0, max: 4000 }))
    .map(([part, length]) => part.repeat(Math.floor(length / (part.length || 1)))),
);

export const hostileName = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });

export const hostileEntry: fc.Arbitrary<Partial<Entry>> = fc.record({
  level: fc.constantFrom(...LEVELS),
  category: hostileText,
  message: hostileText,
  author: fc.record({
    key: hostileName,
    name: hostileName,
    kind: fc.constantFrom('bot' as const, 'person' as const, 'persona' as const),
  }),
  triggeredBy: hostileName,
  mentions: fc.array(hostileName, { maxLength: 10 }),
  handoffTo: fc.array(hostileName, { maxLength: 5 }),
  responseTo: maybe(fc.integer({ min: 1, max: 1e9 })),
  confidence: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
  durationMs: maybe(fc.integer({ min: 0, max: 1e12 })),
  tool: maybe(
    fc.record({
      name: hostileText,
      input: fc.jsonValue(),
      output: hostileText,
      status: fc.constantFrom('success' as const, 'timeout' as const),
      error: maybe(hostileText),
    }),
  ),
  details: maybe(fc.dictionary(fc.string(), fc.jsonValue())),
  escalation: fc.boolean(),
});

export const hostileLog: fc.Arbitrary<Partial<WorkLog>> = fc.record({
  query: hostileText,
  coordinator: maybe(hostileName),
  threadId: maybe(fc.constant('6'.repeat(19))),
});
