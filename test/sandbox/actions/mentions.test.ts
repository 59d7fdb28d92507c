import { PermissionFlagsBits as P } from 'discord.js';
import type { APIAllowedMentions } from 'discord-api-types/v10';
import { AllowedMentionsTypes as Kind } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bot, Guild, GuildChannel, Message, Person, Role, Sandbox } from '../../../sandbox/sandbox.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
let ana: Person;
let ben: Person;
let bot: Bot;
let guild: Guild;
let open: Role;
let closed: Role;
let channel: GuildChannel;

beforeAll(async () => {
  discord = await startTestSandbox();
  ana = discord.createPerson({ username: 'ana' });
  ben = discord.createPerson({ username: 'ben' });
  bot = discord.createBot({ username: 'researcher' });
  guild = discord.createGuild({ name: 'Team', owner: ana });
  guild.add(ben);
  guild.add(bot);
  open = guild.createRole({ name: 'open', mentionable: true });
  closed = guild.createRole({ name: 'closed' });
  channel = guild.createChannel({ name: 'general' });
});

afterAll(() => discord.close());

const all = () => `<@${ana.id}> <@!${ben.id}> <@&${open.id}> <@&${closed.id}> @everyone`;

/** Whom a message pings, by name. */
function pinged({ mentions, mentionRoles, mentionEveryone }: Message): string[] {
  const names = new Map<string, string>(
    [ana, ben, bot].map(({ id, username }) => [id, username] as [string, string]),
  );
  for (const role of [open, closed]) names.set(role.id, role.name);
  const ids = [...mentions, ...mentionRoles].map((id) => names.get(id)!);
  return mentionEveryone ? [...ids, 'everyone'] : ids;
}

describe('allowed mentions', () => {
  test.each<[string, () => APIAllowedMentions | undefined, string[]]>([
    ['by default ping all', () => undefined, ['ana', 'ben', 'open', 'closed', 'everyone']],
    ['parse nothing', () => ({ parse: [] }), []],
    ['are empty', () => ({}), []],
    ['parse users', () => ({ parse: [Kind.User] }), ['ana', 'ben']],
    ['parse roles', () => ({ parse: [Kind.Role] }), ['open', 'closed']],
    ['parse everyone', () => ({ parse: [Kind.Everyone] }), ['everyone']],
    ['name one user', () => ({ users: [ben.id] }), ['ben']],
    [
      'name one role beside all users',
      () => ({ parse: [Kind.User], roles: [open.id] }),
      ['ana', 'ben', 'open'],
    ],
    ['name someone who is not in the text', () => ({ users: [bot.id] }), []],
  ])('that %s', (_, allowed, expected) => {
    const allowedMentions = allowed();
    const message = ana
      .in(channel)
      .send({ content: all(), ...(allowedMentions !== undefined && { allowedMentions }) });
    expect(pinged(message)).toEqual(expected);
  });

  test('let no one ping everyone or closed roles without the permission', () => {
    channel.setOverwrites([{ id: guild.everyone, deny: P.MentionEveryone }]);
    expect(pinged(ben.in(channel).send(all()))).toEqual(['ana', 'ben', 'open']);
    channel.setOverwrites([]);
  });

  test('of webhooks ping users unless they say more', () => {
    const hook = channel.createWebhook({ name: 'relay' });
    expect(pinged(hook.send(all()))).toEqual(['ana', 'ben']);
    const more = hook.send({ content: all(), allowedMentions: { parse: [Kind.Everyone] } });
    expect(pinged(more)).toEqual(['everyone']);
  });

  test('decide whether a reply pings whom it answers', () => {
    const question = ana.in(channel).send('why?');
    const reply = (allowedMentions?: APIAllowedMentions) =>
      pinged(
        bot
          .in(channel)
          .send({ content: 'so', replyTo: question, ...(allowedMentions && { allowedMentions }) }),
      );
    expect(reply()).toEqual(['ana']);
    expect(reply({ parse: [Kind.User] })).toEqual([]);
    expect(reply({ parse: [], replied_user: true })).toEqual(['ana']);
  });
});

describe('a text pings', () => {
  test.each<[string, () => string, string[]]>([
    ['each only once', () => `<@${ben.id}> and <@${ben.id}>`, ['ben']],
    ['nobody from code', () => `\`<@${ben.id}>\` \`\`\`\n<@${ana.id}>\n\`\`\``, []],
    ['nobody who does not exist', () => '<@1234567890123456789>', []],
    ['here as everyone', () => 'look @here', ['everyone']],
  ])('%s', (_, text, expected) => {
    expect(pinged(ana.in(channel).send(text()))).toEqual(expected);
  });

  test('anew when it is edited; whom it answers stays pinged if they were', () => {
    const question = ana.in(channel).send('why?');
    const place = bot.in(channel);
    const loud = place.send({ content: `<@${ben.id}>`, replyTo: question });
    expect(pinged(place.edit(loud, 'nobody'))).toEqual(['ana']);
    const quiet = place.send({ content: 'so', replyTo: question, allowedMentions: { parse: [] } });
    expect(pinged(place.edit(quiet, `<@${ben.id}>`))).toEqual(['ben']);
    expect(pinged(place.edit(quiet, { content: all(), allowedMentions: { parse: [] } }))).toEqual([]);
  });

  test('from the texts of components v2 too', () => {
    const components = [{ type: 17, components: [{ type: 10, content: `<@${ben.id}>` }] }];
    const message = ana.in(channel).send({ flags: 1 << 15, components: components as never });
    expect(pinged(message)).toEqual(['ben']);
  });
});
