import { setTimeout } from 'node:timers/promises';
import { MessageFlags } from 'discord-api-types/v10';
import type { APIMessage } from 'discord-api-types/v10';
import type { HasId } from '../sandbox.ts';
import { compareIds } from '../snowflake.ts';
import type { Cast } from './cast.ts';
import { coordinationWebsite } from './conversations/coordination-website.ts';
import { dmResearcher } from './conversations/dm-researcher.ts';
import { general } from './conversations/general.ts';
import { projectRefactor } from './conversations/project-refactor.ts';
import { play } from './player.ts';
import type { Tempo } from './player.ts';

/** What the owner types first, as anybody would: which channels are recorded, and for whom. */
const MAPPING = [
  '/workspace map type:open channel:#general owner:@everyone',
  '/workspace map type:project channel:#project-refactor coordinator:nanobot owner:@team',
  '/workspace map type:direct channel:#dm-researcher',
  '/workspace map type:coordination channel:#coordination-website coordinator:nanobot',
];

/** From the evening to the morning. */
const CONVERSATIONS = [general, dmResearcher, coordinationWebsite, projectRefactor];

/** The owner of the server, who can go to a channel and type. */
export interface Teller {
  go(channel: string): void;
  type(line: string): Promise<void>;
  /** Makes tokens for the programs of these agents, where there is a door for them. */
  employ(agents: readonly string[]): Promise<void>;
}

/** Those of the agents that report through a door, too. */
const WITH_PROGRAMS = ['researcher', 'coder'];

/**
 * The owner maps her channels, the agents work in them, and she asks how it went.
 * @throws AbortError when the signal aborts
 */
export async function tell(owner: Teller, cast: Cast, tempo: Tempo, signal: AbortSignal): Promise<void> {
  owner.go('general');
  for (const line of MAPPING) {
    await tempo.pace(line, signal);
    await owner.type(line);
  }
  await announced(cast, signal);
  await owner.employ(WITH_PROGRAMS);
  for (const conversation of CONVERSATIONS) await play(conversation, cast, tempo, signal);
  await breath(signal);
  owner.go('project-refactor');
  await owner.type('/explain');
}

/** How long the owner lets pass after the last message before she asks, ms. */
const BREATH = 1000;

export async function breath(signal: AbortSignal): Promise<void> {
  await setTimeout(BREATH, undefined, { signal });
}

/** Resolves when the guest has said something in each of these channels, or lets one wait for too long. */
export async function announced(
  cast: Cast,
  signal: AbortSignal,
  among: Iterable<HasId> = cast.channels.values(),
): Promise<void> {
  await Promise.all([...among].map((channel) => heardFrom(cast, channel)));
  signal.throwIfAborted();
}

/** A bot that tells nothing is not waited for longer than this, ms. */
const PATIENCE = 5000;

/** Resolves when the guest has said something in a channel, after `message` where there is one. */
export async function heardFrom({ owner, guest }: Cast, channel: HasId, message?: HasId): Promise<void> {
  const isIt = ({ author, id, flags }: APIMessage) =>
    author.id === guest.id &&
    ((flags ?? 0) & MessageFlags.Ephemeral) === 0 &&
    (message === undefined || compareIds(id, message.id) > 0);
  await owner
    .in(channel)
    .waitFor(isIt, { timeoutMs: PATIENCE })
    .catch(() => {});
}
