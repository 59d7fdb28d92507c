import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GuildChannel, HasId } from '../../sandbox/sandbox.ts';
import { exchangePlace } from '../../src/discord/exchange-place.ts';
import { ask, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

const { ViewChannel, SendMessages } = PermissionFlagsBits;

let team: Running;
let told: GuildChannel;
beforeEach(async () => {
  team = await startTeam();
  told = team.guild.createChannel({ name: 'exchange' });
  await team.running.settled();
  exchangeIn(told);
});
afterEach(() => team.end());

const wanted = () => team.running.app.config.exchange.channelId!;

function exchangeIn({ id }: HasId): void {
  team.running.app.config.exchange.channelId = id;
}

async function place(): Promise<Awaited<ReturnType<typeof exchangePlace>>> {
  await team.running.settled();
  const { app } = team.running;
  const guild = await app.client.guilds.fetch(team.guild.id);
  return exchangePlace({ config: app.config, guild }, { channelId: team.channel.id });
}

async function shown(): Promise<string> {
  await team.running.settled();
  return (await ask(team.ana, team.channel, 'workspace show')).text;
}

test('bots are told in the exchange channel where all who see it may see the workspace', async () => {
  expect(await place()).toEqual({ channelId: told.id, unfit: null });
  expect(await shown()).not.toContain('bots are told');
});

test('they are told in the workspace where some may not see it, and /workspace show says so', async () => {
  team.channel.setOverwrites([{ id: team.ben, deny: ViewChannel }]);
  expect(await place()).toEqual({
    channelId: team.channel.id,
    unfit: { channelId: told.id, isClosed: false },
  });
  expect(await shown()).toContain(`Some who see <#${told.id}> may not see this one: bots are told here`);
});

test.each<[string, () => void]>([
  ['hidden from the bot', () => told.setOverwrites([{ id: team.bot, deny: ViewChannel }])],
  ['closed to what the bot writes', () => told.setOverwrites([{ id: team.bot, deny: SendMessages }])],
  ['gone', () => told.delete()],
  ['no text channel', () => exchangeIn(team.guild.createChannel({ name: 'news', type: 'category' }))],
])('the same where the exchange channel is %s, with what to do', async (_, make) => {
  await team.running.settled();
  make();
  expect(await place()).toEqual({
    channelId: team.channel.id,
    unfit: { channelId: wanted(), isClosed: true },
  });
  const text = await shown();
  expect(text).toContain(
    'Bots are told here what others learned: `exchange.channel` in the config file is no text channel',
  );
  expect(text).toContain('grant my role “View Channel” and “Send Messages” there');
});

test('nothing is amiss in a server beside the one that has the exchange channel', async () => {
  const other = team.discord.createGuild({ name: 'Other', owner: team.ana });
  other.add(team.bot);
  exchangeIn(other.createChannel({ name: 'exchange' }));
  expect(await place()).toEqual({ channelId: team.channel.id, unfit: null });
});

test('nothing is amiss where nothing is handed over', async () => {
  told.delete();
  team.running.app.config.insights.enabled = false;
  expect(await shown()).not.toContain('exchange.channel');
});
