import { Events, GatewayIntentBits as Intent, PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';
import { refusalOf, restOf } from '../../support/rest.ts';
import type { Body, Rest } from '../../support/rest.ts';

let stage: Stage;
let rest: Rest;
let message: { id: string };

beforeEach(async () => {
  const intents = [Intent.Guilds, Intent.GuildMessages, Intent.GuildMessageReactions, Intent.MessageContent];
  stage = await setStage({}, { intents });
  rest = restOf(stage.discord, stage.bot.token);
  message = stage.ana.in(stage.channel).send('poll');
});

afterEach(() => stage.close());

const grant = (permissions: bigint) => {
  const { guild, bot } = stage;
  guild.add(bot, { roles: [guild.createRole({ name: 'extra', permissions })] });
};

describe('reactions', () => {
  const at = (emoji: string, rest = '') =>
    `/channels/${stage.channel.id}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}${rest}`;

  test('are added, counted, listed and taken away', async () => {
    const { ana, bot, channel } = stage;
    ana.in(channel).react(message, '👍');
    expect((await rest('PUT', at('👍', '/@me'))).status).toBe(204);
    const path = `/channels/${channel.id}/messages/${message.id}`;
    expect((await rest('GET', path)).body['reactions']).toMatchObject([
      { emoji: { id: null, name: '👍' }, count: 2, me: true },
    ]);
    const who = (await rest<Body[]>('GET', at('👍'))).body.map(({ id }) => id);
    expect(who).toEqual([ana.id, bot.id]);
    expect((await rest('DELETE', at('👍', '/@me'))).status).toBe(204);
    expect((await rest('GET', path)).body['reactions']).toMatchObject([{ count: 1, me: false }]);
  });

  test('arrive as events', async () => {
    const { ana, channel, client } = stage;
    const seen: string[] = [];
    client.on(Events.MessageReactionAdd, ({ emoji }, user) => void seen.push(`+${emoji.name}${user.id}`));
    client.on(Events.MessageReactionRemove, ({ emoji }) => void seen.push(`-${emoji.name}`));
    client.on(Events.MessageReactionRemoveAll, () => void seen.push('none'));
    grant(P.ManageMessages);
    ana.in(channel).react(message, '🎉');
    ana.in(channel).unreact(message, '🎉');
    await rest('DELETE', `/channels/${channel.id}/messages/${message.id}/reactions`);
    await expect.poll(() => seen).toEqual([`+🎉${ana.id}`, '-🎉', 'none']);
  });

  test('are refused for what is no emoji, the 21st, others’, and without permission', async () => {
    const { ana, bot, channel } = stage;
    expect(refusalOf(await rest('PUT', at('nonsense', '/@me')))).toBe('400 10014');
    expect(refusalOf(await rest('DELETE', at('👍', `/${ana.id}`)))).toBe('403 50013');
    for (let code = 0x1f400; code < 0x1f414; code += 1)
      ana.in(channel).react(message, String.fromCodePoint(code));
    expect(refusalOf(await rest('PUT', at('👍', '/@me')))).toBe('400 30010');
    channel.setOverwrites([{ id: bot, deny: P.AddReactions }]);
    expect((await rest('PUT', at('🐀', '/@me'))).status).toBe(204);
    expect(refusalOf(await rest('PUT', at('👍', '/@me')))).toBe('403 50013');
  });
});

describe('pins', () => {
  const at = (id = '') => `/channels/${stage.channel.id}/messages/pins${id && `/${id}`}`;

  test('need their permission; are announced, listed last first, and taken off', async () => {
    expect(refusalOf(await rest('PUT', at(message.id)))).toBe('403 50013');
    grant(P.PinMessages);
    const other = stage.ana.in(stage.channel).send('second');
    expect((await rest('PUT', at(message.id))).status).toBe(204);
    expect((await rest('PUT', at(other.id))).status).toBe(204);
    const { body } = await rest<{ items: { message: Body }[] }>('GET', at());
    expect(body.items.map((item) => item.message.content)).toEqual(['second', 'poll']);
    expect(stage.channel.messages().map(({ type }) => type)).toEqual([0, 0, 6, 6]);
    expect((await rest<Body[]>('GET', `/channels/${stage.channel.id}/pins`)).body).toHaveLength(2);
    expect((await rest('DELETE', at(other.id))).status).toBe(204);
    expect(stage.channel.messages().map(({ pinned }) => pinned)).toEqual([true, false, false, false]);
  });

  test('end at 250', async () => {
    const { ana, channel } = stage;
    for (let count = 0; count < 250; count += 1) ana.in(channel).pin(ana.in(channel).send(String(count)));
    grant(P.PinMessages);
    expect(refusalOf(await rest('PUT', at(message.id)))).toBe('400 30003');
  });
});
