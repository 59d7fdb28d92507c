import { Events, GatewayIntentBits as Intent, Partials } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setStage } from '../../support/discord-js.ts';
import type { Stage } from '../../support/discord-js.ts';

let stage: Stage;
let seen: string[];

async function enter(intents: number[]): Promise<void> {
  stage = await setStage({}, { intents, partials: [Partials.Channel, Partials.Message] });
  seen = [];
  const { client } = stage;
  client.on(Events.GuildMemberAdd, ({ user }) => void seen.push(`+${user.username}`));
  client.on(Events.GuildMemberRemove, ({ user }) => void seen.push(`-${user.username}`));
  client.on(Events.GuildMemberUpdate, (_, { displayName, roles }) => {
    seen.push(`~${displayName} ${roles.cache.size - 1}`);
  });
  client.on(Events.MessageCreate, ({ content, guildId }) => void seen.push(`${content} ${guildId}`));
  client.on(Events.MessageUpdate, (_, { content }) => void seen.push(`~${content}`));
  client.on(Events.MessageDelete, ({ partial }) => void seen.push(`- ${partial}`));
  client.on(Events.TypingStart, ({ user }) => void seen.push(`… ${user.id === stage.ana.id}`));
}

afterEach(() => stage.close());

describe('members', () => {
  const change = () => {
    const { discord, guild, bot } = stage;
    const eve = discord.createPerson({ username: 'eve' });
    guild.add(eve);
    guild.setNick(eve, 'E');
    guild.remove(eve);
    guild.setRoles(bot, [guild.createRole({ name: 'r' })]);
  };

  test('come, change and go before a bot with the Guild Members intent', async () => {
    await enter([Intent.Guilds, Intent.GuildMembers]);
    change();
    await expect.poll(() => seen).toEqual(['+eve', '~E 0', '-eve', '~researcher 1']);
  });

  test('are unseen without it, but for oneself', async () => {
    await enter([Intent.Guilds]);
    change();
    await expect.poll(() => seen).toEqual(['~researcher 1']);
  });
});

describe('direct messages', () => {
  beforeEach(() => enter([Intent.Guilds, Intent.DirectMessages, Intent.DirectMessageTyping]));

  test('come whole, with their edits and deletions, in a channel that was never seen', async () => {
    const { ana, bot } = stage;
    const dm = ana.in(ana.dm(bot));
    const message = dm.send('psst');
    dm.typing();
    dm.edit(message, 'PSST');
    dm.delete(message);
    await expect.poll(() => seen).toEqual(['psst null', '… true', '~PSST', '- false']);
  });

  test('are answered', async () => {
    const { ana, bot, client } = stage;
    client.once(Events.MessageCreate, (message) => void message.reply('yes?'));
    ana.in(ana.dm(bot)).send('hello');
    const answer = await ana.in(ana.dm(bot)).waitFor(({ author }) => author.id === bot.id);
    expect(answer).toMatchObject({ content: 'yes?', referenced_message: { content: 'hello' } });
  });

  test('of others stay theirs', async () => {
    const { discord, ana, ben, guild, bot } = stage;
    const other = discord.createBot({ username: 'other' });
    guild.add(other);
    ana.in(ana.dm(other)).send('not for you');
    ben.in(ben.dm(bot)).send('for you');
    await expect.poll(() => seen).toEqual(['for you null']);
  });
});
