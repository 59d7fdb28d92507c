import { ApplicationCommandOptionType as Option } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bot, Sandbox } from '../../../sandbox/sandbox.ts';
import { startTestSandbox } from '../../support/sandbox.ts';

let discord: Sandbox;
let bot: Bot;
let guildId: string;
beforeEach(async () => {
  discord = await startTestSandbox();
  bot = discord.createBot({ username: 'researcher' });
  const guild = discord.createGuild({ name: 'Team', owner: discord.createPerson({ username: 'ana' }) });
  guild.add(bot);
  guildId = guild.id;
});
afterEach(() => discord.close());

interface Answer {
  status: number;
  body: Record<string, unknown> & { code?: number; errors?: object };
}

async function call(method: string, path: string, body?: unknown, token = bot.token): Promise<Answer> {
  const response = await fetch(`${discord.api}/v10/applications/${bot.id}${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

async function list(path = '/commands'): Promise<Record<string, unknown>[]> {
  return (await call('GET', path)).body as unknown as Record<string, unknown>[];
}

const explain = { name: 'explain', description: 'Explains' };
const option = (name: string, more: object = {}) => ({
  type: Option.String,
  name,
  description: name,
  ...more,
});

describe.each([['/commands'], ['guild']])('commands at %s', (where) => {
  const base = () => (where === 'guild' ? `/guilds/${guildId}/commands` : where);

  it('are new once and overwritten after that, under the same id', async () => {
    const first = await call('POST', base(), explain);
    const second = await call('POST', base(), {
      ...explain,
      description: 'Says why',
      options: [option('mode')],
    });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body['id']).toBe(first.body['id']);
    expect(second.body['version']).not.toBe(first.body['version']);
    expect(await list(base())).toMatchObject([{ description: 'Says why', options: [{ name: 'mode' }] }]);
  });

  it('come back whole, with defaults', async () => {
    const { body } = await call('POST', base(), {
      ...explain,
      default_member_permissions: '32',
      options: [option('a', { required: false })],
    });
    expect(body).toMatchObject({
      application_id: bot.id,
      type: 1,
      default_member_permissions: '32',
      name_localizations: null,
      nsfw: false,
      integration_types: [0],
      ...(where === 'guild' ? { guild_id: guildId } : { dm_permission: true }),
    });
    expect(body['options']).toEqual([
      { ...option('a'), name_localizations: null, description_localizations: null },
    ]);
  });

  it('are replaced all at once, and those that stay keep id and version', async () => {
    const before = (await call('PUT', base(), [explain, { name: 'how', description: 'Asks' }]))
      .body as unknown as { id: string; version: string }[];
    const after = (await call('PUT', base(), [explain, { name: 'Explain this', type: 3 }]))
      .body as unknown as { id: string; version: string }[];
    expect(after[0]).toEqual(before[0]);
    expect((await list(base())).map(({ name }) => name)).toEqual(['explain', 'Explain this']);
  });

  it('change in part', async () => {
    const { body } = await call('POST', base(), { ...explain, options: [option('mode')] });
    const changed = await call('PATCH', `${base()}/${String(body['id'])}`, { description: 'Says why' });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'explain', description: 'Says why', options: [{ name: 'mode' }] },
    });
    const refused = await call('PATCH', `${base()}/${String(body['id'])}`, { name: 'No!' });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { name: { _errors: [{}] } } },
    });
  });

  it('can be fetched one by one, and deleted', async () => {
    const { body } = await call('POST', base(), explain);
    const path = `${base()}/${String(body['id'])}`;
    expect(await call('GET', path)).toEqual({ status: 200, body });
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 10063 } });
    expect(await call('DELETE', path)).toMatchObject({ status: 404, body: { code: 10063 } });
  });

  it('are refused with the place of the fault', async () => {
    const answer = await call('PUT', base(), [explain, { name: 'Bad Name', description: '' }]);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 50035,
        errors: { 1: { name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] } } },
      },
    });
    expect(await list(base())).toEqual([]);
  });

  it('are 100 at most', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...explain, name: `c${index}` }));
    expect((await call('PUT', base(), many)).status).toBe(200);
    expect(await call('POST', base(), explain)).toMatchObject({ status: 400, body: { code: 30032 } });
    expect(await call('PUT', base(), [...many, explain])).toMatchObject({
      status: 400,
      body: { code: 30032 },
    });
    expect((await call('POST', base(), { ...explain, name: 'c1' })).status).toBe(200);
  });
});

describe('commands', () => {
  it('show their translations when asked', async () => {
    await call('POST', '/commands', { ...explain, name_localizations: { de: 'erkläre' } });
    expect((await list())[0]).not.toHaveProperty('name_localizations');
    expect((await list('/commands?with_localizations=true'))[0]).toMatchObject({
      name_localizations: { de: 'erkläre' },
    });
  });

  it('belong to the application that calls', async () => {
    const other = discord.createBot({ username: 'other' });
    expect(await call('GET', '/commands', undefined, other.token)).toMatchObject({
      status: 403,
      body: { code: 20012 },
    });
    expect(await call('GET', '/commands', undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { code: 0 },
    });
  });

  it('of a guild need the bot to be there', async () => {
    const elsewhere = discord.createGuild({ name: 'Else', owner: discord.createPerson({ username: 'eve' }) });
    expect(await call('GET', `/guilds/${elsewhere.id}/commands`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
  });

  it('have no permissions of their own', async () => {
    const { body } = await call('POST', '/commands', explain);
    expect(await list(`/guilds/${guildId}/commands/permissions`)).toEqual([]);
    const one = await call('GET', `/guilds/${guildId}/commands/${String(body['id'])}/permissions`);
    expect(one).toMatchObject({ status: 404, body: { code: 10066 } });
  });
});
