import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { demand, visibleChannel } from '../actions/access.ts';
import { archivedThreads } from '../actions/thread-changes.ts';
import { addToThread, joinThread, leaveThread, removeFromThread } from '../actions/thread-members.ts';
import { startPost, startThread, startThreadFromMessage } from '../actions/threads.ts';
import type { Core } from '../core.ts';
import { missingAccess, notOnThisChannelType, unknownMember } from '../errors.ts';
import { activeThreads } from '../events/threads.ts';
import { threadMemberPayload, threadPayload } from '../payloads/channel.ts';
import { memberPayload } from '../payloads/guild.ts';
import { compareIds } from '../snowflake.ts';
import type { Thread } from '../world.ts';
import { guildOf, isThread } from '../world.ts';
import { newThreadForm, newThreadOf } from './channel-forms.ts';
import { shown } from './messages.ts';
import { caller, checkForm, idOf, limitOf, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

/** Threads: starting them, their members, and lists of active and archived ones. */
export function threadRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .route('/', startRoutes(core))
    .route('/', memberRoutes(core))
    .get('/guilds/:guild/threads/active', (c) => {
      const { id } = caller(c);
      const guild = guildOf(core.world, param(c, 'guild'));
      if (!guild.members.has(id)) throw missingAccess();
      const { threads, members } = listed(activeThreads(core, guild, id), id);
      return c.json({ threads, members, has_more: false });
    })
    .get('/channels/:channel/threads/archived/public', (c) => {
      return c.json(
        archived(core, c, [ChannelType.PublicThread, ChannelType.AnnouncementThread], () => true),
      );
    })
    .get('/channels/:channel/threads/archived/private', (c) => {
      const channel = visibleChannel(core, param(c, 'channel'), caller(c).id);
      demand(core, channel, caller(c).id, P.ManageThreads);
      return c.json(archived(core, c, [ChannelType.PrivateThread], () => true));
    })
    .get('/channels/:channel/users/@me/threads/archived/private', (c) => {
      const isMine = ({ thread }: Thread) => thread.members.has(caller(c).id);
      return c.json(archived(core, c, [ChannelType.PrivateThread], isMine));
    });
}

function startRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .post('/channels/:channel/messages/:message/threads', async (c) => {
      const { id } = caller(c);
      const { json } = await readBody(c);
      checkForm(json, newThreadForm(false));
      const [channel, message] = [param(c, 'channel'), param(c, 'message')];
      const thread = startThreadFromMessage(core, channel, message, id, newThreadOf(json));
      return c.json(threadPayload(thread, id), 201);
    })
    .post('/channels/:channel/threads', async (c) => {
      const bot = caller(c);
      const { json, files } = await readBody(c);
      const channel = visibleChannel(core, param(c, 'channel'), bot.id);
      const isPost = channel.type === ChannelType.GuildForum;
      checkForm(json, newThreadForm(isPost));
      if (!isPost) {
        return c.json(threadPayload(startThread(core, channel.id, bot.id, newThreadOf(json)), bot.id), 201);
      }
      const { thread, message } = startPost(core, channel, bot.id, newThreadOf(json), json['message'], files);
      return c.json({ ...threadPayload(thread, bot.id), message: shown(core, message, bot) }, 201);
    });
}

function memberRoutes(core: Core): Hono<RestEnv> {
  const base = '/channels/:channel/thread-members';
  return new Hono<RestEnv>()
    .get(base, (c) => {
      const thread = threadOf(core, c);
      const [limit, after] = [
        limitOf(c.req.query('limit'), { max: 100, usual: 100 }),
        idOf(c.req.query(), 'after'),
      ];
      const ids = [...thread.thread.members.keys()].sort(compareIds);
      const page = ids.filter((id) => after === undefined || compareIds(id, after) > 0).slice(0, limit);
      return c.json(page.map((id) => memberOf(core, c, thread, id)));
    })
    .get(`${base}/:user`, (c) => {
      const thread = threadOf(core, c);
      const id = param(c, 'user') === '@me' ? caller(c).id : param(c, 'user');
      if (!thread.thread.members.has(id)) throw unknownMember();
      return c.json(memberOf(core, c, thread, id));
    })
    .put(`${base}/@me`, (c) => {
      joinThread(core, threadOf(core, c), caller(c).id);
      return c.body(null, 204);
    })
    .delete(`${base}/@me`, (c) => {
      leaveThread(core, threadOf(core, c), caller(c).id);
      return c.body(null, 204);
    })
    .put(`${base}/:user`, (c) => {
      addToThread(core, threadOf(core, c), caller(c).id, param(c, 'user'));
      return c.body(null, 204);
    })
    .delete(`${base}/:user`, (c) => {
      removeFromThread(core, threadOf(core, c), caller(c).id, param(c, 'user'));
      return c.body(null, 204);
    });
}

/** @throws DiscordError 10003, 50001, 50024 */
function threadOf(core: Core, c: RestContext): Thread {
  const channel = visibleChannel(core, param(c, 'channel'), caller(c).id);
  if (!isThread(channel)) throw notOnThisChannelType();
  return channel;
}

function memberOf(core: Core, c: RestContext, thread: Thread, userId: string): object {
  const member = core.world.guilds.get(thread.guildId)?.members.get(userId);
  const wantsMember = c.req.query('with_member') === 'true' && member !== undefined;
  return {
    ...threadMemberPayload(thread, userId),
    ...(wantsMember && { member: memberPayload(core.world, member) }),
  };
}

/** One page of archived threads. `before` is an instant, or, for one's own private threads, an id. */
function archived(
  core: Core,
  c: RestContext,
  types: ChannelType[],
  isWanted: (thread: Thread) => boolean,
): object {
  const { id } = caller(c);
  const channel = visibleChannel(core, param(c, 'channel'), id);
  demand(core, channel, id, P.ReadMessageHistory);
  const limit = limitOf(c.req.query('limit'), { max: 100, usual: 50 });
  const before = c.req.query('before');
  const isBefore = (thread: Thread) => {
    if (before === undefined) return true;
    return /^\d+$/.test(before)
      ? compareIds(thread.id, before) < 0
      : thread.thread.archivedAt < Date.parse(before);
  };
  const threads = archivedThreads(core, channel.id, types).filter(
    (thread) => isWanted(thread) && isBefore(thread),
  );
  return { ...listed(threads.slice(0, limit), id), has_more: threads.length > limit };
}

function listed(threads: readonly Thread[], userId: string): { threads: object[]; members: object[] } {
  return {
    threads: threads.map((thread) => threadPayload(thread, userId)),
    members: threads
      .filter(({ thread }) => thread.members.has(userId))
      .map((thread) => threadMemberPayload(thread, userId)),
  };
}
