import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { demandInGuild, ownGuild } from '../actions/access.ts';
import { createChannel } from '../actions/channels.ts';
import type { ChannelOptions } from '../actions/channels.ts';
import { renameGuild } from '../actions/guilds.ts';
import type { Core } from '../core.ts';
import { channelPayload } from '../payloads/channel.ts';
import { guildPayload } from '../payloads/guild.ts';
import { channelChangeOf, channelForm } from './channel-forms.ts';
import { caller, checkForm, param, readBody } from './request.ts';
import type { RestEnv } from './request.ts';

/** A guild and its channels. */
export function guildRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .get('/guilds/:guild', (c) => {
      const guild = ownGuild(core, param(c, 'guild'), caller(c).id);
      return c.json({
        ...guildPayload(guild),
        ...(c.req.query('with_counts') === 'true' && {
          approximate_member_count: guild.members.size,
          approximate_presence_count: guild.members.size,
        }),
      });
    })
    .patch('/guilds/:guild', async (c) => {
      const guild = ownGuild(core, param(c, 'guild'), caller(c).id);
      demandInGuild(guild, caller(c).id, P.ManageGuild);
      const { json } = await readBody(c);
      if (typeof json['name'] === 'string') renameGuild(core, guild, json['name']);
      return c.json(guildPayload(guild));
    })
    .get('/guilds/:guild/channels', (c) => {
      const channels = [...ownGuild(core, param(c, 'guild'), caller(c).id).channels.values()];
      return c.json(channels.map((channel) => channelPayload(core.world, channel)));
    })
    .post('/guilds/:guild/channels', async (c) => {
      const guild = ownGuild(core, param(c, 'guild'), caller(c).id);
      demandInGuild(guild, caller(c).id, P.ManageChannels);
      const { json } = await readBody(c);
      checkForm(json, channelForm(['name']));
      const channel = createChannel(core, guild, channelChangeOf(json) as ChannelOptions);
      return c.json(channelPayload(core.world, channel), 201);
    });
}
