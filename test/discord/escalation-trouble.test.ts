import { describe, expect, test } from 'vitest';
import { ask, idOf, wordsOf } from '../commands/support.ts';
import { asking, cardIn, only, posted, press, said, waiting } from '../support/escalations.ts';
import { asksIn, escalationTeam, pinged } from './escalation-support.ts';

const { start, pass } = escalationTeam();

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
    pass(30_000);
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
