import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { ask, converse, idOf, OPEN_TO_ALL, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam();
});
afterEach(() => team.end());

describe('/explain in a channel', () => {
  test('shows what the database holds, with links to the messages', async () => {
    await converse(team, team.channel, 3);
    const { text } = await ask(team.ben, team.channel, 'explain');
    const [log] = await team.running.app.store.sessions.list({ workspaceIds: [1], limit: 5 });
    const { entries } = await team.running.app.store.entries.page({ sessionId: log!.sessionId }, 0, 10);
    expect(entries).toHaveLength(3);
    expect(text).toContain(
      '📓 **#project-site** · project · nanobot coordinates\n“Please look at the login”\n🟡 active',
    );
    for (const { step, messageId } of entries) {
      expect(text).toContain(
        `[${step}](https://discord.com/channels/${team.guild.id}/${team.channel.id}/${messageId})`,
      );
    }
    expect(text).toContain('💬 **researcher** (to 1) finding 3 on login');
  });

  test('says that nothing is recorded yet', async () => {
    expect((await ask(team.ben, team.channel, 'explain')).text).toMatch(/^Nothing is recorded here yet/);
  });

  test('shows the channel’s own session rather than a newer one of a thread', async () => {
    await converse(team, team.channel, 2);
    const thread = team.ben.in(team.channel).startThread({ name: 'aside' });
    await converse(team, thread, 2, 'weather');
    expect((await ask(team.ben, team.channel, 'explain')).text).toContain('“Please look at the login”');
    expect((await ask(team.ben, thread, 'explain')).text).toContain('“Please look at the weather”');
  });

  test('without a session of its own shows the latest of its threads that the asker may see', async () => {
    const open = team.ben.in(team.channel).startThread({ name: 'open' });
    await converse(team, open, 2, 'weather');
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    team.ana.in(secret).send('The secret plan');
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'explain')).text).toContain('“Please look at the weather”');
    expect((await ask(team.ana, team.channel, 'explain')).text).toContain('“The secret plan”');
  });

  test('shows as much of each step as the config file says, if nothing else is asked for', async () => {
    await team.end();
    team = await startTeam({ config: { ...OPEN_TO_ALL, work_logs: { default_mode: 'debug' } } });
    await converse(team, team.channel, 2);
    expect((await ask(team.ben, team.channel, 'explain')).text).toContain('triggered by');
    expect((await ask(team.ben, team.channel, 'explain', { mode: 'summary' })).text).not.toContain(
      'triggered by',
    );
  });

  test('of another workspace by its option', async () => {
    const other = team.guild.createChannel({ name: 'project-other' });
    await team.running.settled();
    await converse(team, other, 2, 'invoices');
    const { text } = await ask(team.ben, team.channel, 'explain', { workspace: other });
    expect(text).toContain('#project-other');
    expect(text).toContain('“Please look at the invoices”');
  });

  test('in an ended session says why it ended', async () => {
    const thread = team.ben.in(team.channel).startThread({ name: 'aside' });
    await converse(team, thread, 2);
    thread.archive();
    await team.running.settled();
    const { text } = await ask(team.ben, team.channel, 'explain');
    expect(text).toContain('its thread was archived');
  });
});

describe('filters and modes', () => {
  test('one bot alone, named with or without @', async () => {
    await converse(team, team.channel, 3);
    for (const bot of ['researcher', '@Researcher', team.researcher.id]) {
      const { text } = await ask(team.ben, team.channel, 'explain', { bot });
      expect(text).toContain('only **researcher**: 2 steps');
      expect(text).not.toContain('**Ben**');
    }
  });

  test('a bot that wrote nothing there is named in the answer', async () => {
    await converse(team, team.channel, 2);
    const { text } = await ask(team.ben, team.channel, 'explain', { bot: 'ghost' });
    expect(text).toContain('Nobody called “ghost” wrote in this session');
  });

  test('detailed shows texts in full, debug their ids and origin', async () => {
    const long = `Start ${'of a long finding '.repeat(40)}end.`;
    team.researcher.in(team.channel).send(long);
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'explain')).text).not.toContain('end.');
    expect((await ask(team.ben, team.channel, 'explain', { mode: 'detailed' })).text).toContain(long);
    const { text } = await ask(team.ben, team.channel, 'explain', { mode: 'debug' });
    expect(text).toContain(long);
    expect(text).toContain(`inferred, triggered by user · bot, specialist · message`);
    expect(text).toContain(`author ${team.researcher.id}`);
  });

  test('what is recorded cannot ping, format or link', async () => {
    team.researcher.in(team.channel).send('@everyone **bold** [safe](https://evil.example) \u202Etxt ```js');
    await team.running.settled();
    const { reply, text } = await ask(team.ben, team.channel, 'explain');
    expect(reply.mention_everyone).toBe(false);
    expect(text).not.toMatch(/@everyone|\*\*bold|\]\(https:\/\/evil|\u202E|[^\\]```/);
  });
});

describe('buttons', () => {
  test('turn pages forth and back in the same message', async () => {
    await converse(team, team.channel, 30);
    const { reply, text } = await ask(team.ben, team.channel, 'explain');
    expect(text).not.toContain('finding 13 ');
    const second = await (await team.ben.in(team.channel).click(reply, idOf(reply, '›'))).reply();
    expect(second.id).toBe(reply.id);
    expect(wordsOf(second)).toContain('finding 13 ');
    const first = await (await team.ben.in(team.channel).click(second, idOf(second, '‹'))).reply();
    const steps = (text: string) => text.split('\n').filter((line) => line.startsWith('['));
    expect(steps(wordsOf(first))).toEqual(steps(text));
  });

  test('change the mode, and pick one bot', async () => {
    await converse(team, team.channel, 3);
    const { reply } = await ask(team.ben, team.channel, 'explain');
    const debug = await (await team.ben.in(team.channel).click(reply, idOf(reply, 'Debug'))).reply();
    expect(wordsOf(debug)).toContain('triggered by');
    const one = await (await team.ben.in(team.channel).select(debug, idOf(debug, 'All'), ['1'])).reply();
    expect(wordsOf(one)).toContain('only **researcher**');
    expect(wordsOf(one)).toContain('triggered by');
  });

  test('give a long log as a file, in a message of its own', async () => {
    await converse(team, team.channel, 40);
    const { reply } = await ask(team.ben, team.channel, 'explain', { mode: 'debug' });
    const run = await team.ben.in(team.channel).click(reply, idOf(reply, 'As a file'));
    const message = await run.reply();
    expect(run.ephemeral).toBe(true);
    expect(message.id).not.toBe(reply.id);
    const [file] = message.attachments;
    const content = await (await fetch(file!.url)).text();
    expect(content).toContain('Please look at the login');
    expect(content.match(/finding \d+ on login/g)).toHaveLength(39);
  });

  test('give a session that has ended as an artifact, in a message of its own', async () => {
    await converse(team, team.channel, 3);
    const before = await ask(team.ben, team.channel, 'explain');
    expect(JSON.stringify(before.reply.components)).not.toContain('Artifact');
    const { app } = team.running;
    const workspaceId = app.workspaces.byChannel(team.channel.id)!.id;
    await app.store.sessions.close({ workspaceId, threadId: null }, Date.now(), 'command');
    const { reply } = await ask(team.ben, team.channel, 'explain');
    const run = await team.ben.in(team.channel).click(reply, idOf(reply, 'Artifact'));
    const message = await run.reply();
    expect([run.ephemeral, message.id === reply.id]).toEqual([true, false]);
    const [file] = message.attachments;
    expect(file!.filename).toMatch(/\.json$/);
    expect(await (await fetch(file!.url)).json()).toMatchObject({
      schema: 'work-log-v1',
      query: 'Please look at the login',
      _meta: { schema: 'work-log-v1' },
    });
  });

  test('work after a restart', async () => {
    await converse(team, team.channel, 30);
    const { reply } = await ask(team.ben, team.channel, 'explain', { mode: 'detailed' });
    await team.restart();
    const second = await (await team.ben.in(team.channel).click(reply, idOf(reply, '›'))).reply();
    expect(wordsOf(second)).toContain('finding 13 ');
    expect(idOf(second, '13–24 of 30')).toBeDefined();
  });

  test('ask again whether the person may read, and tell nothing when not', async () => {
    await converse(team, team.channel, 30);
    const { reply } = await ask(team.ben, team.channel, 'explain');
    await team.running.app.workspaces.map({
      guildId: team.guild.id,
      channelId: team.channel.id,
      name: 'project-site',
      type: 'project',
      coordinator: null,
      owners: [`user:${team.ana.id}`],
    });
    const run = await team.ben.in(team.channel).click(reply, idOf(reply, '›'));
    expect((await run.reply()).content).toBe(REFUSAL);
  });
});

describe('who may not read gets the same answer, whatever the reason:', () => {
  test('a hidden channel, an unmapped one, and sessions that are hidden, deleted or made up', async () => {
    const hidden = team.guild.createChannel({
      name: 'project-hidden',
      overwrites: [
        { id: team.guild.everyone, deny: 1n << 10n },
        { id: team.bot, allow: 1n << 10n },
      ],
    });
    const unmapped = team.guild.createChannel({ name: 'random' });
    await team.running.settled();
    team.ana.in(hidden).send('Top secret');
    await team.running.settled();
    const [log] = await team.running.app.store.sessions.list({ workspaceIds: [1, 2], limit: 5 });
    expect(log?.query).toBe('Top secret');

    const answers = await Promise.all([
      ask(team.ben, unmapped, 'explain'),
      ask(team.ben, team.channel, 'explain', { workspace: unmapped }),
      ask(team.ben, team.channel, 'explain', { session: log!.sessionId }),
      ask(team.ben, team.channel, 'explain', { session: '123456789012345678' }),
      ask(team.ben, team.channel, 'explain', { session: '’; DROP TABLE sessions' }),
      ask(team.ben, team.channel, 'explain', { session: log!.sessionId, bot: 'ghost', mode: 'debug' }),
    ]);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set([REFUSAL]));
    expect((await ask(team.ana, team.channel, 'explain', { session: log!.sessionId })).text).toContain(
      'Top secret',
    );
  });

  test('a session of a private thread', async () => {
    const secret = team.ana
      .in(team.channel)
      .startThread({ name: 'secret', private: true, invite: [team.bot] });
    const first = team.ana.in(secret).send('The secret plan');
    await team.running.settled();
    expect((await ask(team.ben, team.channel, 'explain', { session: first.id })).text).toBe(REFUSAL);
    secret.invite(team.ben);
    expect((await ask(team.ben, team.channel, 'explain', { session: first.id })).text).toContain(
      'The secret plan',
    );
  });
});
