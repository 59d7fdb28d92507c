import type { Dialect } from './dialect.ts';
import { plainPart, textOf } from './text.ts';

/**
 * ElizaOS (github.com/elizaOS/eliza): plain text in chunks of 1900 characters, without a reply reference. Nothing in it can be told
 * from anybody's chat, so it is never detected, only set.
 */
export const elizaos: Dialect = {
  name: 'elizaos',
  recognises: () => false,
  read: (observation) => [plainPart(textOf(observation), observation.author)],
};
