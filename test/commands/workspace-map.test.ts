import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import type { TestBotOptions } from '../support/bot.ts';
import { ask, forge, startTeam } from './support.ts';
import type { ForgedOption, Options, Running } from './support.ts';

const { ViewChannel, ReadMessageHistory, SendMessages } = PermissionFlagsBits;

let team: Running;
const start = async (options: Partial<TestBotOptions> = {}) => {
  team = await startTeam(options);
};
afterEach(() => team.end());

const workspaceOf = ({ id }: HasId) => team.running.app.workspaces.byChannel(id);

/** What the server's owner is told. */
async function told(sub: string, options: Options = {}, place: HasId = team.channel): Promise<string> {
  return (await ask(team.ana, place, `workspace ${sub}`, options)).text;
}

const forged = (person: Person, sub: string, options: ForgedOption[]) =>
  forge(team, person, { name: 'workspace', options: [{ name: sub, type: 1, options }] });

describe('/workspace map', () => {
  beforeEach(() => start());

  test('records a channel as it was ordered, answers the person alone and tells the channel', async () => {
    const { guild, ben, ana } = team;
    const general = guild.createChannel({ name: 'general' });
    const answer = await told('map', { type: 'open', coordinator: '@nanobot', owner: ben }, general);
    expect(answer).toMatch(/open · nanobot coordinates[^]*mapped by `\/workspace map`/);
    expect(answer).toContain(`Read by: <@${ben.id}>`);
    expect(workspaceOf(general)).toMatchObject({
      type: 'open',
      coordinator: 'nanobot',
      owners: [`user:${ben.id}`],
      mappedBy: 'command',
    });
    const notice = await ana.in(general).waitFor(({ content }) => content.includes('records this channel'));
    expect(notice.content).toContain(`<@${ben.id}> can read the log`);
    expect(notice.mentions).toEqual([]);
    const { id } = ana.in(general).send('on the record');
    await team.running.settled();
    expect(await team.running.app.store.entries.byMessage(id)).toMatchObject({ message: 'on the record' });
  });

  test('takes roles, everyone, and the channel of a thread', async () => {
    const { guild, channel, ana } = team;
    const leads = guild.createRole({ name: 'leads' });
    const thread = ana.in(channel).startThread({ name: 'aside' });
    await told('map', { type: 'project', owner: leads }, thread);
    expect(workspaceOf(channel)).toMatchObject({ owners: [`role:${leads.id}`], mappedBy: 'command' });
    await told('map', { type: 'project', owner: guild.everyone }, thread);
    expect(workspaceOf(channel)).toMatchObject({ owners: ['everyone'] });
  });

  test('leaves who reads and decides there, and who coordinates, as it is where it does not name them', async () => {
    const { channel, guild, ben } = team;
    const answer = await told('map', { type: 'open', 'retention-days': 30 });
    expect(answer).toMatch(/open · nanobot coordinates[^]*Read by: Everyone who can read the channel/);
    expect(workspaceOf(channel)).toMatchObject({
      coordinator: 'nanobot',
      owners: ['everyone'],
      mappedBy: 'command',
    });
    await told('map', { type: 'open', owner: ben, coordinator: 'researcher' });
    expect(workspaceOf(channel)).toMatchObject({ coordinator: 'researcher', owners: [`user:${ben.id}`] });
    await told('map', { type: 'project', 'summary-at': '08:00' });
    expect(workspaceOf(channel)).toMatchObject({ coordinator: 'researcher', owners: [`user:${ben.id}`] });
    await told('unmap');
    await told('map', { type: 'project' });
    expect(workspaceOf(channel)).toMatchObject({ coordinator: 'nanobot', owners: ['everyone'] });
    const general = guild.createChannel({ name: 'general' });
    expect(await told('map', { type: 'open' }, general)).toContain("Read by: The server's owner");
    expect(workspaceOf(general)).toMatchObject({ coordinator: null, owners: [] });
  });

  test('takes a coordinator that is mentioned', async () => {
    const { channel, researcher } = team;
    researcher.in(channel).send('here I am');
    await team.running.settled();
    await told('map', { type: 'project', coordinator: `<@${researcher.id}>` });
    expect(workspaceOf(channel)).toMatchObject({ coordinator: 'researcher' });
    expect(await told('map', { type: 'project', coordinator: '<@1099000000000000001>' })).toContain(
      'nobody in this server',
    );
  });

  test('says what is missing where it cannot read', async () => {
    const hidden = team.guild.createChannel({
      name: 'hidden',
      overwrites: [{ id: team.bot, deny: ReadMessageHistory }],
    });
    await team.running.settled();
    expect(await told('map', { type: 'open', channel: hidden })).toMatch(
      /cannot record.*grant my role “Read Message History”/,
    );
    expect(workspaceOf(hidden)).toBeUndefined();
  });

  test('asks Discord about a channel that it only knows from the command itself', async () => {
    const { guild, bot } = team;
    const secret = guild.createChannel({ name: 'secret', overwrites: [{ id: bot, deny: ViewChannel }] });
    await team.running.settled();
    const { channels, guilds } = team.running.app.client;
    guilds.cache.first()!.channels.cache.delete(secret.id);
    channels.cache.delete(secret.id);
    expect(await told('map', { type: 'open', channel: secret })).toMatch(
      /cannot record.*grant my role “View Channel”/,
    );
    expect(workspaceOf(secret)).toBeUndefined();
  });

  test('says what is missing where it cannot tell the channel that it records', async () => {
    const { guild, bot } = team;
    const mute = guild.createChannel({ name: 'mute', overwrites: [{ id: bot, deny: SendMessages }] });
    await team.running.settled();
    const warning = 'grant my role “Send Messages”';
    expect(await told('map', { type: 'open' }, mute)).toContain(warning);
    expect(await told('show', {}, mute)).toContain(warning);
    mute.setOverwrites([]);
    await team.running.settled();
    expect(await told('show', {}, mute)).not.toContain(warning);
  });

  test('refuses a channel that the person cannot see, as if it were not there', async () => {
    const { guild, bot, ben } = team;
    guild.setRoles(ben, [
      guild.createRole({ name: 'managers', permissions: PermissionFlagsBits.ManageGuild }),
    ]);
    const hidden = guild.createChannel({
      name: 'project-board',
      overwrites: [
        { id: guild.everyone, deny: ViewChannel },
        { id: bot, allow: ViewChannel },
      ],
    });
    await team.running.settled();
    const options = [{ name: 'channel', type: 7, value: hidden.id }];
    expect(await forged(ben, 'show', options)).toContain('Only text and announcement channels');
    expect(await forged(ben, 'unmap', options)).toContain('Only text and announcement channels');
    expect(workspaceOf(hidden)).toMatchObject({ unmappedAt: null });
  });

  test('refuses a type that there is not', async () => {
    expect(await forged(team.ana, 'map', [{ name: 'type', type: 3, value: 'secret' }])).toContain(
      'is no type',
    );
    expect(workspaceOf(team.channel)).toMatchObject({ type: 'project' });
  });

  test('refuses a place where nothing can be recorded', async () => {
    const voice = team.guild.createChannel({ name: 'talk', type: 'voice' });
    expect(await told('map', { type: 'open' }, voice)).toContain('Only text and announcement channels');
  });
});

test('says that no channel is told where the configuration wants silence', async () => {
  await start({ config: { work_logs: { silent: true } } });
  const silence = 'Nobody in the channel is told so: `work_logs.silent` is true';
  expect(await told('map', { type: 'project' })).toContain(silence);
  expect(await told('show')).toContain(silence);
});
