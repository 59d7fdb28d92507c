import type { APIMessage } from 'discord-api-types/v10';
import { visibleChannel } from '../actions/access.ts';
import { compareIds } from '../snowflake.ts';
import type { Stage } from './acts.ts';

/** Messages that a channel shows at first, and each time one looks further back. */
const AT_ONCE = 50;

interface Wanted {
  before?: string | undefined;
  around?: string | undefined;
}

/** A stretch of a channel as the person sees it, oldest first, and whether there is more before and after it. */
export function newest(
  { core, visit: { person }, place }: Stage,
  { before, around }: Wanted,
): { messages: APIMessage[]; isMoreBefore: boolean; isMoreAfter: boolean } {
  const channel = visibleChannel(core, place.channelId, person.id);
  const limit = AT_ONCE;
  const page = channel.messages
    .page({ limit, ...(before && { before }), ...(around && { around }) })
    .reverse();
  const all = channel.messages.all();
  const first = page[0];
  const isMoreBefore = first !== undefined && all[0] !== first;
  const isMoreAfter = page.length > 0 && before === undefined && all.at(-1) !== page.at(-1);
  const own = channel.ephemeral.filter(
    ({ id, ephemeralTo }) =>
      ephemeralTo === person.id &&
      (!isMoreBefore || compareIds(id, first!.id) > 0) &&
      (before === undefined || compareIds(id, before) < 0) &&
      (!isMoreAfter || compareIds(id, page.at(-1)!.id) < 0),
  );
  const messages = [...page, ...own].sort((a, b) => compareIds(a.id, b.id));
  return { messages: messages.map((message) => place.view(message)), isMoreBefore, isMoreAfter };
}
