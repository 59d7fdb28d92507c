import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { APIMessage } from 'discord.js';
import type { GuildChannel } from '../../sandbox/sandbox.ts';
import { ask, idOf, startTeam, wordsOf } from '../commands/support.ts';
import type { Options, Running } from '../commands/support.ts';
import type { TestBotOptions } from '../support/bot.ts';
import { asking, cardIn, only, posted, press, said, waiting } from '../support/escalations.ts';

const { ViewChannel, SendMessages } = PermissionFlagsBits;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SILENT = 4096;

let team: Running | undefined;
/** How far the bot's clock is ahead, ms. */
let ahead: number;
beforeEach(() => {
  ahead = 0;
});
afterEach(async () => {
  await team?.end();
  team = undefined;
});

type Config = NonNullable<TestBotOptions['config']>;

/** Ana, who owns the server, decides unless somebody else is named. */
async function start(config: Config = {}): Promise<Running> {
  const workspaces: Config['workspaces'] = [{ match: 'project-*', type: 'project' }];
  team = await startTeam({ config: { workspaces, ...config }, now: () => Date.now() + ahead });
  return team;
}

async function map(running: Running, options: Options): Promise<string> {
  return (await ask(running.ana, running.channel, 'workspace map', { type: 'project', ...options })).text;
}

async function later(running: Running, ms: number): Promise<void> {
  ahead += ms;
  await running.running.app.store.escalations.advance(Date.now() + ahead, 1000);
  await said(running);
}

const pinged = ({ mentions, mention_roles }: APIMessage) => [
  ...mentions.map(({ id }) => id),
  ...mention_roles,
];
const asksIn = (
  running: Running,
  fields: Record<string, unknown> = {},
  place: { id: string } = running.channel,
) => running.researcher.in(place).send(asking(fields));

describe('a card pings', () => {
  test('exactly the role that owns the workspace, whatever the agent writes', async () => {
    const running = await start();
    const role = running.guild.createRole({ name: 'leads', mentionable: true });
    await map(running, { owner: role });
    asksIn(running, { reason: 'Ask @everyone and <@123456789012345678>?' });
    await said(running);
    expect(pinged(cardIn(running))).toEqual([role.id]);
    expect(cardIn(running).mention_everyone).toBe(false);
    expect((cardIn(running).flags ?? 0) & SILENT).toBe(0);
  });

  test('nobody where everyone decides, and says that everyone may', async () => {
    const running = await start();
    await map(running, { owner: running.guild.everyone });
    asksIn(running);
    await said(running);
    expect(pinged(cardIn(running))).toEqual([]);
    expect(wordsOf(cardIn(running))).toContain('everyone here may decide');
    expect(await press(running, running.ben, cardIn(running), 'Passphrases')).toContain('**Ben** decided');
  });

  test('nobody in quiet hours, when it makes no sound, unless it is critical; a reminder pings when they end', async () => {
    const day = new Date();
    const clock = (shift: number) => new Date(day.getTime() + shift).toISOString().slice(11, 16);
    const running = await start({
      escalations: { quiet_hours: { from: clock(-HOUR), to: clock(2 * HOUR) } },
    });
    asksIn(running);
    await said(running);
    expect(pinged(cardIn(running))).toEqual([]);
    expect((cardIn(running).flags ?? 0) & SILENT).toBe(SILENT);
    asksIn(running, { reason: 'The disk is full: delete?', severity: 'critical' });
    await said(running);
    expect(pinged(posted(running).at(-1)!)).toEqual([running.ana.id]);
    await later(running, 2 * HOUR + MINUTE);
    const reminders = posted(running).filter((message) => wordsOf(message).includes('🔔'));
    expect(reminders.flatMap(pinged)).toContain(running.ana.id);
  });
});

describe('a reminder', () => {
  const reminders = (running: Running) =>
    posted(running).filter((message) => wordsOf(message).includes('🔔'));

  test('leads to the card, pings its owners, and the second owner after a day', async () => {
    const running = await start();
    await map(running, { 'second-owner': running.ben });
    asksIn(running);
    await said(running);
    await later(running, 16 * MINUTE);
    const [first] = reminders(running);
    expect(pinged(first!)).toEqual([running.ana.id]);
    expect(first!.message_reference?.message_id).toBe(cardIn(running).id);
    expect(JSON.stringify(first!.components)).toContain(`/${running.channel.id}/${cardIn(running).id}`);
    await later(running, HOUR);
    await later(running, 4 * HOUR);
    await later(running, 24 * HOUR);
    expect(reminders(running).map(pinged)).toEqual([
      [running.ana.id],
      [running.ana.id],
      [running.ana.id],
      [running.ana.id, running.ben.id],
    ]);
  });

  test('is acknowledged where it stands, and none follows', async () => {
    const running = await start();
    asksIn(running);
    await said(running);
    await later(running, 16 * MINUTE);
    expect(await press(running, running.ana, reminders(running)[0]!, 'Acknowledge')).toContain('It is yours');
    await said(running);
    expect(wordsOf(cardIn(running))).toContain('**Ana** is on it');
    await later(running, 3 * HOUR);
    expect(reminders(running)).toHaveLength(1);
    await later(running, 2 * HOUR);
    expect(wordsOf(reminders(running).at(-1)!)).toContain('It was taken on, and is still not decided');
  });
});

describe('time', () => {
  test.each([
    ['proceed', 'go on with **Passphrases**', '"outcome":"proceed","option":"Passphrases"'],
    ['cancel', 'it is cancelled', '"outcome":"cancel","option":null'],
  ])('runs out with on_timeout %s: the agent is told', async (on_timeout, words, block) => {
    const running = await start();
    const message = asksIn(running, { timeout: '1h', on_timeout, default: 'Passphrases' });
    await said(running);
    await later(running, 61 * MINUTE);
    const answer = posted(running).find(({ content }) => content.includes('```worklog'))!;
    expect(answer.message_reference?.message_id).toBe(message.id);
    expect(answer.content).toContain(words);
    expect(answer.content).toContain(block);
    expect(() => idOf(cardIn(running), 'Passphrases')).toThrow('No component');
  });

  test('that was over when it was asked is ignored, and the card says so', async () => {
    const running = await start();
    asksIn(running, { timeout: '2020-01-01T00:00:00Z', on_timeout: 'proceed' });
    await said(running);
    expect(wordsOf(cardIn(running))).toMatch(/time-out had passed/);
    await later(running, 10 * HOUR);
    expect(await only(running)).toMatchObject({ state: 'open' });
  });
});

describe('the escalation channel', () => {
  async function withRole(running: Running): Promise<{ leads: GuildChannel; role: { id: string } }> {
    const role = running.guild.createRole({ name: 'leads', mentionable: true });
    const leads = running.guild.createChannel({
      name: 'leads',
      overwrites: [
        { id: running.guild.everyone, deny: ViewChannel },
        { id: role, allow: ViewChannel },
        { id: running.bot, allow: ViewChannel | SendMessages },
      ],
    });
    await running.running.settled();
    return { leads, role };
  }

  test('takes the cards, names their workspace, and the answer goes to the agent’s channel', async () => {
    const running = await start();
    const { leads } = await withRole(running);
    const text = await map(running, { 'escalation-channel': leads });
    expect(text).toContain(`Decisions are asked for in <#${leads.id}>`);
    asksIn(running);
    await said(running);
    expect(posted(running)).toEqual([]);
    const card = cardIn(running, leads);
    expect(wordsOf(card)).toContain('#project-site');
    expect(await press(running, running.ana, card, 'Passphrases', leads)).toContain('**Ana** decided');
    await said(running);
    expect(posted(running)[0]!.content).toContain('```worklog');
    const shown = await ask(running.ana, running.channel, 'workspace show');
    expect(shown.text).toContain(`Decisions are asked for in <#${leads.id}>`);
  });

  test('is refused when some who see it may not see the workspace', async () => {
    const running = await start();
    const { role } = await withRole(running);
    const general = running.guild.createChannel({ name: 'general' });
    running.channel.setOverwrites([
      { id: running.guild.everyone, deny: ViewChannel },
      { id: role, allow: ViewChannel },
      { id: running.bot, allow: ViewChannel },
    ]);
    await running.running.settled();
    expect(await map(running, { 'escalation-channel': general, channel: running.channel })).toContain(
      `Decisions of <#${running.channel.id}> cannot be asked for in <#${general.id}>`,
    );
  });

  test('that the bot cannot write in is refused, and so is everyone as the second owner', async () => {
    const running = await start();
    const mute = running.guild.createChannel({
      name: 'mute',
      overwrites: [{ id: running.guild.everyone, deny: SendMessages }],
    });
    await running.running.settled();
    expect(await map(running, { 'escalation-channel': mute })).toContain('I cannot write in');
    expect(await map(running, { 'second-owner': running.guild.everyone })).toContain('`second-owner` is one');
  });

  test('that has become too open, or is gone, gets no card: it stays where it was raised, with a word why', async () => {
    const running = await start();
    const { leads, role } = await withRole(running);
    await map(running, { 'escalation-channel': leads });
    running.channel.setOverwrites([{ id: role, deny: ViewChannel }]);
    await running.running.settled();
    asksIn(running);
    await said(running);
    expect(leads.messages()).toEqual([]);
    expect(wordsOf(cardIn(running))).toContain(`Told here because some who see <#${leads.id}>`);
    const shown = await ask(running.ana, running.channel, 'workspace show');
    expect(shown.text).toContain('they are asked for here');
    leads.delete();
    await running.running.settled();
    asksIn(running, { reason: 'And now?' });
    await said(running);
    expect(posted(running)).toHaveLength(2);
  });

  test('never gets what was raised in a private thread', async () => {
    const running = await start();
    const { leads } = await withRole(running);
    await map(running, { 'escalation-channel': leads });
    const thread = running.ben
      .in(running.channel)
      .startThread({ name: 'secret', private: true, invite: [running.bot, running.researcher] });
    asksIn(running, {}, thread);
    await said(running);
    expect(leads.messages()).toEqual([]);
    expect(wordsOf(cardIn(running, thread))).toContain('needs a decision');
    // Ana manages threads, because she owns the server.
    expect(await press(running, running.ana, cardIn(running, thread), 'Passphrases', thread)).toContain(
      'decided',
    );
  });
});

describe('a thread', () => {
  test('that is archived when somebody decides gets the answer, and the card shows it', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive();
    await running.running.settled();
    const { reply } = await ask(running.ana, running.channel, 'escalations');
    await press(running, running.ana, reply, 'Passphrases');
    await said(running);
    expect(posted(running, thread).at(-1)!.content).toContain('```worklog');
    expect(wordsOf(cardIn(running, thread))).toContain('**Ana** decided');
  });

  test('that is archived takes a press on the card in it', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive();
    await running.running.settled();
    const shown = await press(running, running.ana, cardIn(running, thread), 'Passphrases', thread);
    expect(shown).toContain('**Ana** decided: **Passphrases**');
    await said(running);
    expect(posted(running, thread).at(-1)!.content).toContain('```worklog');
  });

  test('that is locked takes nothing more: its channel gets the answer', async () => {
    const running = await start();
    const thread = running.ben.in(running.channel).startThread({ name: 'aside' });
    asksIn(running, {}, thread);
    await said(running);
    thread.archive({ locked: true });
    await running.running.settled();
    const { reply } = await ask(running.ana, running.channel, 'escalations');
    await press(running, running.ana, reply, 'Passphrases');
    await said(running);
    expect(posted(running).at(-1)!.content).toContain('```worklog');
    expect(await only(running)).toMatchObject({ state: 'resolved' });
  });
});

describe('bad luck', () => {
  test('a card that was deleted is not changed, and nothing fails', async () => {
    const running = await start();
    asksIn(running);
    await said(running);
    running.ana.in(running.channel).delete(cardIn(running));
    const { reply } = await ask(running.ana, running.channel, 'escalations');
    await press(running, running.ana, reply, 'Passphrases');
    await said(running);
    expect(posted(running).map(({ content }) => content.includes('```worklog'))).toEqual([true]);
    expect(running.running.logged().filter((line) => /"level":(?:40|50)/.test(line))).toEqual([]);
  });

  test('26 options, and one that is too long: a menu of what Discord shows, and a word on what it does not', async () => {
    const running = await start();
    const options = ['x'.repeat(200), ...Array.from({ length: 25 }, (_, index) => `Option ${index}`)];
    asksIn(running, { options });
    await said(running);
    const menu = JSON.stringify(cardIn(running).components);
    expect(menu.match(/"label":"(?:Option \d+|x{99}…)"/g)).toHaveLength(25);
    expect(wordsOf(cardIn(running))).toContain('1 more option than can be shown');
  });

  test('a channel that is deleted while one waits: it is cancelled, and nothing is said any more', async () => {
    const running = await start();
    asksIn(running);
    await said(running);
    running.channel.delete();
    await running.running.settled();
    await said(running);
    expect(await only(running)).toMatchObject({ state: 'cancelled' });
    expect(await waiting(running.running.app, running)).toEqual([]);
  });

  test('whoever asked the same is answered as well, and mentioned', async () => {
    const running = await start();
    const coder = running.discord.createBot({ username: 'coder' });
    running.guild.add(coder);
    for (const agent of [running.researcher, coder, coder])
      agent.in(running.channel).send(asking({ dedupe_key: 'policy' }));
    await said(running);
    await press(running, running.ana, cardIn(running), 'Passphrases');
    await said(running);
    const answer = posted(running).at(-1)!;
    expect(answer.content).toMatch(new RegExp(`^<@${running.researcher.id}> <@${coder.id}> ◆ `));
    expect(pinged(answer).toSorted()).toEqual([running.researcher.id, coder.id].toSorted());
  });

  test('the very first message of an agent may be a card of its own, unless it is said to write plain chat', async () => {
    const running = await start();
    const plain = running.discord.createBot({ username: 'plain' });
    running.guild.add(plain);
    plain.in(running.channel).send('Hello');
    await said(running);
    await ask(running.ana, running.channel, 'bot set', { bot: 'plain', dialect: 'plain' });
    for (const agent of [plain, running.researcher])
      agent.in(running.channel).send({ content: '🔐 Permission: Bash' });
    await said(running);
    expect(wordsOf(cardIn(running))).toContain('**researcher asks for permission**');
    expect(() => idOf(cardIn(running), 'To its own buttons')).not.toThrow();
  });

  test('an agent that is a persona is answered by name', async () => {
    const running = await start();
    const hook = running.channel.createWebhook({ name: 'agents' });
    hook.send({ username: 'coder', content: asking() });
    await said(running);
    await press(running, running.ana, cardIn(running), 'Passphrases');
    await said(running);
    expect(posted(running).at(-1)!.content).toMatch(/^\*\*coder\*\* ◆ \*\*Ana\*\* decided/);
    expect(pinged(posted(running).at(-1)!)).toEqual([]);
  });

  test('a message that is deleted takes its words out of the card', async () => {
    const running = await start();
    const message = asksIn(running);
    await said(running);
    running.researcher.in(running.channel).delete(message);
    await said(running);
    expect(wordsOf(cardIn(running))).toContain('*The text is deleted.*');
    expect(wordsOf(cardIn(running))).not.toContain('passphrases');
  });

  test('two hundred in a minute: as many cards as may ping, one line for the rest, all of them listed', async () => {
    const running = await start();
    for (let n = 1; n <= 200; n++) asksIn(running, { reason: `Question ${n}?` });
    await said(running);
    ahead += 30_000;
    await said(running);
    const messages = posted(running);
    const digests = messages.filter((message) => wordsOf(message).includes('than I ping for'));
    expect(messages).toHaveLength(11);
    expect(digests.map(wordsOf)).toEqual([
      expect.stringContaining('**190 more decisions wait in #project-site**'),
    ]);
    expect(pinged(digests[0]!)).toEqual([]);
    expect((await ask(running.ana, running.channel, 'escalations')).text).toContain('200 decisions wait');
  });
});
