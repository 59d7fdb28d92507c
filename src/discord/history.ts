import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { APIMessage, REST } from 'discord.js';
import { compareIds } from '../domain/snowflake.ts';

/** What a channel or thread holds after a mark, and a stretch of what it holds before. Oldest first. */
export interface History {
  fresh: APIMessage[];
  /** There was more than may be read: `fresh` is the newest of it. */
  isCut: boolean;
  /** Messages up to the mark. */
  known: APIMessage[];
  /** The id from which on `known` has all there is. */
  knownFrom: string;
}

interface Wanted {
  rest: REST;
  channelId: string;
  /** The id up to which everything is known. */
  mark: string;
  /** At most so many new messages. */
  max: number;
  signal: AbortSignal;
  /** Hears of each page, how many new messages it brought. */
  onPage(messages: number): void;
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
export const PAGE = 100;

/**
 * Reads a channel from its end back to the mark: where nothing is new that is one request, which also shows what was edited or
 * deleted lately.
 *
 * @throws DiscordAPIError, HTTPError, AbortError
 */
export async function readHistory(wanted: Wanted): Promise<History> {
  const { mark, max } = wanted;
  const fresh: APIMessage[] = [];
  for (let before: string | undefined; ;) {
    const page = await pageBefore(wanted, before);
    const isNew = ({ id }: APIMessage) => compareIds(id, mark) > 0;
    const news = page.filter(isNew);
    wanted.onPage(news.length);
    fresh.unshift(...news);
    const known = page.filter((message) => !isNew(message));
    const isStart = page.length < PAGE;
    if (fresh.length > max)
      return { fresh: fresh.slice(-max), isCut: true, ...(await knownPage(wanted, known, isStart)) };
    if (isStart || known.length > 0)
      return { fresh, isCut: false, known, knownFrom: isStart ? '0' : page[0]!.id };
    before = page[0]!.id;
  }
}

/** Where all that could be read is new, what came before it is looked at all the same. */
async function knownPage(wanted: Wanted, known: APIMessage[], isStart: boolean) {
  const page = isStart ? known : await pageBefore(wanted, (BigInt(wanted.mark) + 1n).toString());
  return { known: page, knownFrom: isStart || page.length < PAGE ? '0' : page[0]!.id };
}

/** At most {@link PAGE} messages, the newest before that one, oldest first: Discord lists the newest first, whatever is asked for. */
export async function pageBefore(
  { rest, channelId, signal }: Pick<Wanted, 'rest' | 'channelId' | 'signal'>,
  before: string | undefined,
): Promise<APIMessage[]> {
  const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) });
  const page = (await rest.get(Routes.channelMessages(channelId), { query, signal })) as APIMessage[];
  return page.sort((a, b) => compareIds(a.id, b.id));
}

/** Whether Discord says that there is no such message: a list without it may only mean that history may not be read. */
export async function isGone(
  rest: REST,
  channelId: string,
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await rest.get(Routes.channelMessage(channelId, messageId), { signal });
    return false;
  } catch (error) {
    if (error instanceof DiscordAPIError) return error.code === RESTJSONErrorCodes.UnknownMessage;
    throw error;
  }
}
