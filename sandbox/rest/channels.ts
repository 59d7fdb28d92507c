import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { demand, visibleChannel } from '../actions/access.ts';
import { changeChannel, deleteChannel, setOverwrites } from '../actions/channels.ts';
import { changeThread, deleteThread } from '../actions/thread-changes.ts';
import type { Core } from '../core.ts';
import { missingPermissions, notOnDm, unknownOverwrite } from '../errors.ts';
import { channelPayload } from '../payloads/channel.ts';
import { object, oneOf, permissionBits } from '../validate/checks.ts';
import type { Channel, Overwrite } from '../world.ts';
import { guildOf, isThread } from '../world.ts';
import { channelChangeOf, channelForm, threadChangeOf, threadForm } from './channel-forms.ts';
import { caller, checkForm, param, readBody } from './request.ts';
import type { RestContext, RestEnv } from './request.ts';

/** Channels, threads and DMs themselves, and a channel's permission overwrites. */
export function channelRoutes(core: Core): Hono<RestEnv> {
  const visible = (c: RestContext) => visibleChannel(core, param(c, 'channel'), caller(c).id);
  const show = (c: RestContext, channel: Channel) => {
    return c.json(channelPayload(core.world, channel, caller(c).id));
  };
  return new Hono<RestEnv>()
    .get('/channels/:channel', (c) => show(c, visible(c)))
    .patch('/channels/:channel', async (c) => {
      const channel = visible(c);
      const { json } = await readBody(c);
      change(core, channel, caller(c).id, json);
      return show(c, channel);
    })
    .delete('/channels/:channel', (c) => {
      const channel = visible(c);
      remove(core, channel, caller(c).id);
      return show(c, channel);
    })
    .put('/channels/:channel/permissions/:overwrite', async (c) => {
      const channel = visible(c);
      const { json } = await readBody(c);
      putOverwrite(core, channel, caller(c).id, param(c, 'overwrite'), json);
      return c.body(null, 204);
    })
    .delete('/channels/:channel/permissions/:overwrite', (c) => {
      const channel = visible(c);
      const id = param(c, 'overwrite');
      demandRoles(core, channel, caller(c).id);
      if (!channel.overwrites.has(id)) throw unknownOverwrite();
      replaceOverwrites(
        core,
        channel,
        [...channel.overwrites.values()].filter((one) => one.id !== id),
      );
      return c.body(null, 204);
    });
}

function change(core: Core, channel: Channel, userId: string, json: Record<string, unknown>): void {
  if (channel.guildId === undefined) throw notOnDm();
  if (isThread(channel)) {
    checkForm(json, threadForm());
    changeThread(core, channel, userId, threadChangeOf(json));
    return;
  }
  demand(core, channel, userId, P.ManageChannels);
  checkForm(json, channelForm());
  const { overwrites, ...rest } = channelChangeOf(json);
  changeChannel(core, channel, rest);
  if (overwrites !== undefined) {
    demandRoles(core, channel, userId);
    replaceOverwrites(core, channel, overwrites);
  }
}

function remove(core: Core, channel: Channel, userId: string): void {
  // Closing a DM only hides it from one's own list.
  if (channel.guildId === undefined) return;
  if (isThread(channel)) deleteThread(core, channel, userId);
  else {
    demand(core, channel, userId, P.ManageChannels);
    deleteChannel(core, guildOf(core.world, channel.guildId), channel);
  }
}

/** Nobody can give or take what they do not have themselves. */
function putOverwrite(
  core: Core,
  channel: Channel,
  userId: string,
  id: string,
  json: Record<string, unknown>,
): void {
  demandRoles(core, channel, userId);
  checkForm(json, object({ type: oneOf([0, 1]), allow: permissionBits, deny: permissionBits }));
  const { type, allow, deny } = json as { type?: 0 | 1; allow?: string | number; deny?: string | number };
  const before = channel.overwrites.get(id);
  const guild = guildOf(core.world, channel.guildId ?? '');
  const overwrite: Overwrite = {
    id,
    type: type ?? before?.type ?? (guild.roles.has(id) ? 0 : 1),
    allow: BigInt(allow ?? before?.allow ?? 0),
    deny: BigInt(deny ?? before?.deny ?? 0),
  };
  const touched = (overwrite.allow ^ (before?.allow ?? 0n)) | (overwrite.deny ^ (before?.deny ?? 0n));
  if ((touched & ~core.permissions.in(channel, userId)) !== 0n) throw missingPermissions();
  replaceOverwrites(core, channel, [
    ...[...channel.overwrites.values()].filter((one) => one.id !== id),
    overwrite,
  ]);
}

function demandRoles(core: Core, channel: Channel, userId: string): void {
  if (channel.guildId === undefined) throw notOnDm();
  demand(core, channel, userId, P.ManageRoles);
}

function replaceOverwrites(core: Core, channel: Channel, overwrites: Overwrite[]): void {
  setOverwrites(core, guildOf(core.world, channel.guildId ?? ''), channel, overwrites);
}
