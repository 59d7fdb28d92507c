import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { ask, converse, startTeam } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

describe('while typing', () => {
  const suggest = (focused: string, value = '', options = {}) =>
    team.ben.in(team.channel).autocomplete('explain', { focused, value, options });

  test('sessions are offered, newest first, by what they were about', async () => {
    await converse(team, team.channel, 2);
    const thread = team.ben.in(team.channel).startThread({ name: 'aside' });
    await converse(team, thread, 2, 'weather');
    const offered = await suggest('session');
    expect(offered.map(({ name }) => name)).toEqual([
      '#project-site · Please look at the weather · just now',
      '#project-site · Please look at the login · just now',
    ]);
    expect(await suggest('session', 'LOGIN')).toEqual([offered[1]]);
    const { text } = await ask(team.ben, team.channel, 'explain', { session: String(offered[0]!.value) });
    expect(text).toContain('“Please look at the weather”');
  });

  test('no hidden session is offered', async () => {
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    team.ana.in(secret).send('The secret plan');
    await team.running.settled();
    expect(await suggest('session')).toEqual([]);
  });

  test('the bots of the session are offered', async () => {
    await converse(team, team.channel, 2);
    expect(await suggest('bot')).toEqual([{ name: 'researcher', value: team.researcher.id }]);
    expect(await suggest('bot', '@rese')).toHaveLength(1);
    expect(await suggest('bot', 'x')).toEqual([]);
    expect(await suggest('bot', '', { session: '123456789012345678' })).toEqual([]);
  });
});

test('a session of another workspace than the named one is refused', async () => {
  await converse(team, team.channel, 2);
  const other = team.guild.createChannel({ name: 'project-other' });
  await team.running.settled();
  const workspace = team.running.app.workspaces.byChannel(team.channel.id)!;
  const log = await team.running.app.store.sessions.latest({ workspaceId: workspace.id, threadId: null });
  const session = log!.sessionId;
  const explained = (channel: { id: string }) =>
    ask(team.ben, team.channel, 'explain', { session, workspace: channel });
  expect((await explained(team.channel)).text).toContain('“Please look at the login”');
  expect((await explained(other)).text).toBe(REFUSAL);
});
