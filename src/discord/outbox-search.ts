import { Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import { compareIds, idAt } from '../domain/snowflake.ts';
import type { Attempt, OutboxStore } from '../store/store.ts';
import { printOf } from './outbox-print.ts';

/** This machine's clock and Discord's may differ by so much, in ms. */
const SKEW = 5 * 60_000;
/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;
/** So many pages are looked through, newest first: more is seldom said while the bot is away and owes something. */
const PAGES_MAX = 50;

interface Search {
  rest: REST;
  store: Pick<OutboxStore, 'known'>;
  /** Of the bot. */
  userId: string;
}

/**
 * The id of the message that a send of unknown outcome has become; null: it is not in its channel. Discord does not give nonces back,
 * so it is one of the bot's own messages since then that says the same and is no other row's.
 *
 * @throws DiscordAPIError, HTTPError
 */
export async function findSent(
  { rest, store, userId }: Search,
  { channelId, print, at }: Attempt,
): Promise<string | null> {
  const oldest = idAt(at - SKEW);
  let before: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
    const page = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
    const own = page.filter(
      (message) => message.author.id === userId && isUnprompted(message) && printOf(message) === print,
    );
    const recent = own.map(({ id }) => id).filter((id) => compareIds(id, oldest) >= 0);
    const others = new Set(recent.length > 0 ? await store.known(recent) : []);
    const found = recent.findLast((id) => !others.has(id));
    if (found !== undefined) return found;
    before = page.at(-1)?.id;
    if (page.length < PAGE || compareIds(before!, oldest) < 0) return null;
  }
  return null;
}

/** No answer to a command. */
function isUnprompted({ interaction_metadata }: APIMessage): boolean {
  return interaction_metadata === undefined;
}
