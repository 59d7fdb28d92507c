import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GuildChannel } from '../../sandbox/sandbox.ts';
import { audienceWithin } from '../../src/discord/audience.ts';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';

const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;

let stage: Stage;
let inner: GuildChannel;
beforeEach(async () => {
  stage = await setStage();
  inner = stage.guild.createChannel({
    name: 'inner',
    overwrites: [
      { id: stage.guild.everyone, deny: ViewChannel },
      { id: stage.bot, allow: ViewChannel },
      { id: stage.ben, allow: ViewChannel | ReadMessageHistory },
    ],
  });
});
afterEach(() => stage.close());

const isWithin = async (a = inner.id, b = stage.channel.id) => {
  const guild = stage.client.guilds.cache.first()!;
  // The answer comes behind the events that changed permissions.
  await guild.members.fetch({ query: 'nobody', limit: 1 });
  return audienceWithin(guild, a, b);
};

test('is known from what Discord says at that moment of roles, overwrites and the people in them', async () => {
  expect(await isWithin()).toBe(true);
  expect(await isWithin(stage.channel.id, inner.id)).toBe(false);
  const muted = stage.guild.createRole({ name: 'muted' });
  stage.channel.setOverwrites([{ id: muted, deny: ViewChannel }]);
  // Nobody whom a role lets into the inner channel can be muted in the outer one; Ben is let in by name.
  expect(await isWithin()).toBe(true);
  stage.guild.setRoles(stage.ben, [muted]);
  expect(await isWithin()).toBe(false);
  stage.guild.remove(stage.ben);
  expect(await isWithin()).toBe(true);
});

test('is not known of channels that are gone or hidden, so the answer is no', async () => {
  stage.channel.delete();
  expect(await isWithin()).toBe(false);
  expect(await isWithin(inner.id, '1099000000000000001')).toBe(false);
});
