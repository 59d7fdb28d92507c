import type { Observation } from '../observation.ts';
import type { Dialect } from './dialect.ts';

/**
 * Tells most messages that are no prompt in any of these dialects from those that may be one. It is asked of every message of a bot
 * that has shown no dialect, and takes a fifth of the time that asking the dialects does.
 */
export function prepareMayPrompt(dialects: Iterable<Dialect>): (observation: Observation) => boolean {
  const signs = [...dialects].flatMap(({ prompting = [] }) => prompting);
  return ({ content, embeds, componentTexts, attachments }) =>
    embeds.length > 0 ||
    componentTexts.length > 0 ||
    attachments.length > 0 ||
    BEYOND_LATIN1.test(content) ||
    signs.some((sign) => content.includes(sign));
}

/** As good as free for most texts: one of Latin letters alone is stored in a way that tells. */
const BEYOND_LATIN1 = /[^\0-\xFF]/;
