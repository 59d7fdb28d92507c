import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Expected } from './compare.ts';
import type { Part, Plan, Post } from './plan.ts';
import type { Stage } from './stage.ts';

/** What was said in one place, and thus what the log must say of it. */
export interface Played {
  part: Part;
  channelId: string;
  /** Null for the channel itself. */
  threadId: string | null;
  expected: Expected[];
}

/**
 * Plays all conversations as fast as the sandbox takes them: so many at once, one message of each in turn.
 * @returns what was played, in the order of the plan
 */
export async function play({ parts }: Plan, stage: Stage, concurrency: number): Promise<Played[]> {
  const played = new Map<Part, Played>();
  const queue = parts.values();
  const lane = async () => {
    for (const part of queue) {
      const place = stage.open(part);
      const expected: Expected[] = [];
      played.set(part, { part, channelId: place.channelId, threadId: place.threadId, expected });
      for (const post of part.posts) {
        expected.push(expect(post, stage, place.send(post)));
        await nextTurn();
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return parts.map((part) => played.get(part)!);
}

function expect({ author, to, text, message, piece }: Post, stage: Stage, messageId: string): Expected {
  return {
    messageId,
    author: { key: stage.idOf(author), name: author.name, kind: author.kind },
    text: to ? `@${to.name} ${text}` : text,
    // Work is handed over between bots; a person who addresses one just asks.
    handoffTo: to && author.kind === 'bot' ? `@${to.name}` : null,
    source: `message ${message}${piece > 0 ? `, piece ${piece + 1}` : ''}`,
  };
}
