import { PermissionFlagsBits } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../src/discord/outbox.ts';
import type { Compose, Composed } from '../../src/discord/outbox.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';

const { SendMessages } = PermissionFlagsBits;

let stage: Stage;
let store: Store;
let now: number;
let lines: string[];
let outbox: Outbox;
/** What is to be said of an escalation, by its id. */
let composed: Map<number, Composed>;
const compose: Compose = async (subject) => ('id' in subject ? (composed.get(subject.id) ?? null) : null);
beforeEach(async () => {
  stage = await setStage();
  store = await openStore({ path: ':memory:' });
  now = 1_800_000_000_000;
  lines = [];
  composed = new Map();
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  outbox = new Outbox({ store: store.outbox, rest: stage.client.rest, compose, log, now: () => now });
});
afterEach(async () => {
  await outbox.stop();
  await stage.close();
  await store.close();
});

const queue = (content: string, channelId = stage.channel.id) =>
  store.outbox.add({ channelId, payload: { content, allowed_mentions: { parse: [] } } }, now);
const posted = () => stage.channel.messages().map(({ content }) => content);

test('sends what is due in its order, once', async () => {
  await queue('first');
  await queue('second');
  await outbox.sendDue();
  await outbox.sendDue();
  expect(posted()).toEqual(['first', 'second']);
});

test('posts nothing twice when the answer to a send was lost', async () => {
  await queue('once');
  stage.discord.faults.failRest({ close: 'afterwards', path: /messages/ });
  await outbox.sendDue();
  now += 60_000;
  await outbox.sendDue();
  expect(posted()).toEqual(['once']);
  expect(await store.outbox.due(now, 10)).toEqual([]);
});

test('waits longer after each failure and loses nothing', async () => {
  await queue('patient');
  stage.discord.faults.failRest({ status: 503, path: /messages/, times: 4 });
  await outbox.sendDue();
  expect(await store.outbox.due(now, 10)).toEqual([]);
  expect(await store.outbox.due(now + 2000, 10)).toMatchObject([{ attempts: 1 }]);
  now += 2000;
  await outbox.sendDue();
  expect(posted()).toEqual(['patient']);
});

test('gives up, loudly, what Discord will never take, and goes on with the rest', async () => {
  await queue('nowhere', '1099000000000000001');
  await queue('');
  await queue('good');
  await outbox.sendDue();
  expect(posted()).toEqual(['good']);
  expect(lines.filter((line) => line.includes('it is given up'))).toHaveLength(2);
  expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
});

test('tries for a day where it may not write, because that may change', async () => {
  const { guild, bot } = stage;
  const mute = guild.createChannel({ name: 'mute', overwrites: [{ id: bot, deny: SendMessages }] });
  await queue('patient', mute.id);
  await outbox.sendDue();
  now += 60_000;
  mute.setOverwrites([]);
  await outbox.sendDue();
  expect(mute.messages().map(({ content }) => content)).toEqual(['patient']);
  mute.setOverwrites([{ id: bot, deny: SendMessages }]);
  await queue('in vain', mute.id);
  const [row] = await store.outbox.due(now, 1);
  for (let tries = 1; tries <= 150; tries += 1) await store.outbox.failed(row!.id, 'forbidden', now);
  await outbox.sendDue();
  expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
  expect(lines.filter((line) => line.includes('it is given up'))).toHaveLength(1);
});

test('looks for messages again and again until it is stopped', async () => {
  outbox.start(5);
  await queue('in passing');
  await expect.poll(posted).toEqual(['in passing']);
  await outbox.stop();
  await queue('too late');
  await new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
  expect(posted()).toEqual(['in passing']);
});

describe('what is composed when it is sent', () => {
  const say = (id: number) => store.outbox.add({ subject: { kind: 'escalation-update', id } }, now);
  const body = (content: string) => ({ content, allowed_mentions: { parse: [] } });

  test('says what is true then', async () => {
    await say(1);
    composed.set(1, { channelId: stage.channel.id, body: body('now') });
    await outbox.sendDue();
    expect(posted()).toEqual(['now']);
  });

  test('is withdrawn when there is nothing to say any more', async () => {
    await say(1);
    await outbox.sendDue();
    expect(posted()).toEqual([]);
    expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
  });

  test('takes the place of what a message showed', async () => {
    const channelId = stage.channel.id;
    await store.outbox.add({ channelId, payload: body('before') }, now);
    await outbox.sendDue();
    composed.set(1, { channelId, messageId: stage.channel.messages()[0]!.id, body: body('after') });
    await say(1);
    await outbox.sendDue();
    expect(posted()).toEqual(['after']);
  });

  test('is done when the message that it would change is deleted', async () => {
    composed.set(1, { channelId: stage.channel.id, messageId: '1099000000000000001', body: body('after') });
    await say(1);
    await outbox.sendDue();
    expect(posted()).toEqual([]);
    expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
    expect(lines).toEqual([]);
  });

  test('is nothing but answers where the bot is to be silent', async () => {
    const message = (content: string) => ({ channelId: stage.channel.id, body: body(content) });
    composed.set(1, message('card')).set(2, message('answer'));
    await queue('notice');
    await say(1);
    await store.outbox.add({ subject: { kind: 'escalation-answer', id: 2, version: 2 } }, now);
    const log = pino({ level: 'silent' });
    const rest = stage.client.rest;
    await new Outbox({ store: store.outbox, rest, compose, silent: true, log, now: () => now }).sendDue();
    expect(posted()).toEqual(['answer']);
    expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
  });

  test('waits, and loses nothing, while it cannot be composed', async () => {
    const failing: Compose = async () => {
      throw new Error('the server is away');
    };
    await say(1);
    const log = pino({ level: 'silent' });
    await new Outbox({
      store: store.outbox,
      rest: stage.client.rest,
      compose: failing,
      log,
      now: () => now,
    }).sendDue();
    expect(await store.outbox.due(now + 2000, 10)).toMatchObject([{ attempts: 1, subject: { id: 1 } }]);
  });
});
