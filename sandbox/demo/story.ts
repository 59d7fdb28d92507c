import { setTimeout } from 'node:timers/promises';
import type { Cast } from './cast.ts';
import { coordinationWebsite } from './conversations/coordination-website.ts';
import { dmResearcher } from './conversations/dm-researcher.ts';
import { general } from './conversations/general.ts';
import { projectRefactor } from './conversations/project-refactor.ts';
import type { Pace } from './pace.ts';
import { play } from './player.ts';

/** What the owner types first, as anybody would: which channels are recorded, and for whom. */
const MAPPING = [
  '/workspace map type:open channel:#general owner:@everyone',
  '/workspace map type:project channel:#project-refactor coordinator:nanobot owner:@team',
  '/workspace map type:direct channel:#dm-researcher',
  '/workspace map type:coordination channel:#coordination-website coordinator:nanobot',
];

const CONVERSATIONS = [general, dmResearcher, coordinationWebsite, projectRefactor];

/** How long the owner lets pass after the last message before she asks, ms. */
const BREATH = 1000;

/** The owner of the server, who can go to a channel and type. */
export interface Teller {
  go(channel: string): void;
  type(line: string): Promise<void>;
}

/**
 * The owner maps her channels, the agents work in them, and she asks how it went.
 * @throws AbortError when the signal aborts
 */
export async function tell(owner: Teller, cast: Cast, pace: Pace, signal: AbortSignal): Promise<void> {
  owner.go('general');
  for (const line of MAPPING) {
    await pace(line, signal);
    await owner.type(line);
  }
  await announced(cast, signal);
  for (const conversation of CONVERSATIONS) await play(conversation, cast, pace, signal);
  await setTimeout(BREATH, undefined, { signal });
  owner.go('project-refactor');
  await owner.type('/explain');
}

/** Whoever maps a channel looks whether it was told; a bot that tells nothing is not waited for longer than this, ms. */
const PATIENCE = 5000;

async function announced({ people, guest, channels }: Cast, signal: AbortSignal): Promise<void> {
  const told = [...channels.values()].map((channel) =>
    people
      .get('ana')!
      .in(channel)
      .waitFor(({ author }) => author.id === guest.id, { timeoutMs: PATIENCE }),
  );
  await Promise.allSettled(told);
  signal.throwIfAborted();
}
