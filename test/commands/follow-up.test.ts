import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REFUSAL } from '../../src/discord/reader.ts';
import { idOf, OPEN_TO_ALL, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;

beforeEach(async () => {
  team = await startTeam({ config: { ...OPEN_TO_ALL, work_logs: { show_in_response: true } } });
});
afterEach(() => team.end());

const place = { workspaceId: 1, threadId: null };

/** A session that another one follows, both about holes; returns the card below the first. */
async function close(): Promise<{ card: APIMessage; final: { id: string } }> {
  team.ben.in(team.channel).send('How many holes are there?');
  const final = team.researcher.in(team.channel).send('Two holes in the login');
  await team.running.settled();
  const { store, now } = team.running.app;
  await store.sessions.close(place, now(), 'command');
  team.researcher.in(team.channel).send('Nine holes in the golf course');
  await team.running.settled();
  return { card: await cardPosted(), final };
}

async function cardPosted(): Promise<APIMessage> {
  for (;;) {
    const [card] = cards();
    if (card) return card;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function cards(): APIMessage[] {
  return team.ben
    .in(team.channel)
    .see()
    .filter((message) => wordsOf(message).includes('This session is over'));
}

test('a session that ends is answered at its final message, once, without a ping', async () => {
  const { card, final } = await close();
  expect(card.author.id).toBe(team.bot.id);
  expect(card.message_reference?.message_id).toBe(final.id);
  expect(card.mentions).toEqual([]);
  expect(card.flags! & (1 << 12)).toBeTruthy();
  await team.restart();
  await team.running.settled();
  expect(cards()).toHaveLength(1);
});

test('“See how I decided” shows that session to whoever presses it, also after a restart', async () => {
  const { card } = await close();
  await team.restart();
  const run = await team.ana.in(team.channel).click(card, idOf(card, 'See how I decided'));
  expect(run.ephemeral).toBe(true);
  const text = wordsOf(await run.reply());
  expect(text).toContain('Two holes in the login');
  expect(text).not.toContain('golf');
});

test('“Ask follow-up” answers a question from that session alone', async () => {
  const { card } = await close();
  const { modal } = await team.ana.in(team.channel).click(card, idOf(card, 'Ask follow-up'));
  await team.restart();
  const run = await team.ana.in(team.channel).submit(modal!, { question: 'how many holes' });
  expect(run.ephemeral).toBe(true);
  const text = wordsOf(await run.reply());
  expect(text).toContain('> Two holes in the login');
  expect(text).not.toContain('golf');
  expect(text).toContain('Looked in “How many holes are there?”');
});

test('both are refused to who may not read that session', async () => {
  const { card } = await close();
  const form = await team.ben.in(team.channel).click(card, idOf(card, 'Ask follow-up'));
  await team.running.app.workspaces.map({
    guildId: team.guild.id,
    channelId: team.channel.id,
    name: 'project-site',
    type: 'project',
    coordinator: null,
    owners: [`user:${team.ana.id}`],
  });
  for (const label of ['See how I decided', 'Ask follow-up']) {
    const run = await team.ben.in(team.channel).click(card, idOf(card, label));
    expect(run.modal).toBeUndefined();
    expect((await run.reply()).content).toBe(REFUSAL);
  }
  const late = await team.ben.in(team.channel).submit(form.modal!, { question: 'how many holes' });
  expect((await late.reply()).content).toBe(REFUSAL);
});
