import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outbox } from '../../src/discord/outbox.ts';
import type { Compose, Composed } from '../../src/discord/outbox-delivery.ts';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';

let stage: Stage;
let store: Store;
let now: number;
let lines: string[];
let outbox: Outbox;
/** Channels in which Discord did not let the bot write. */
let refused: string[];
/** What is to be said of an escalation, by its id. */
let composed: Map<number, Composed>;
const compose: Compose = async (subject) => ('id' in subject ? (composed.get(subject.id) ?? null) : null);
beforeEach(async () => {
  stage = await setStage();
  store = await openTestStore();
  now = 1_800_000_000_000;
  lines = [];
  refused = [];
  composed = new Map();
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  outbox = open(compose, { log });
});
afterEach(async () => {
  await outbox.stop();
  await stage.close();
  await store.close();
});

/** An outbox over the same store, as of a bot that was started anew. */
function open(compose: Compose, { log = pino({ level: 'silent' }), silent = false } = {}): Outbox {
  const { rest, user } = stage.client;
  const ownersOf = async () => ['1'];
  const onRefused = (channelId: string) => void refused.push(channelId);
  return new Outbox({
    store: store.outbox,
    rest,
    userId: user!.id,
    compose,
    ownersOf,
    onRefused,
    silent,
    log,
    now: () => now,
  });
}

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

test('gives up, loudly and at once, what Discord will never take, and goes on with the rest', async () => {
  await queue('nowhere', '1099000000000000001');
  await queue('');
  await queue('good');
  await outbox.sendDue();
  expect(posted()).toEqual(['good']);
  expect(lines.filter((line) => line.includes('it is given up'))).toHaveLength(2);
  expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
});

describe('a send of which nobody knows how it ended', () => {
  beforeEach(() => {
    now = Date.now();
  });

  const restart = async () => {
    await outbox.stop();
    outbox = open(compose);
    stage.discord.faults.forgetNonces();
    now += 3_600_000;
  };

  test('is found in the channel after a long time away, and not repeated', async () => {
    await queue('once');
    stage.discord.faults.failRest({ close: 'afterwards', path: /messages/ });
    await outbox.sendDue();
    await restart();
    await outbox.sendDue();
    expect(posted()).toEqual(['once']);
    expect(await store.outbox.due(now, 10)).toEqual([]);
    expect(await store.outbox.known([stage.channel.messages()[0]!.id])).toHaveLength(1);
  });

  test('is repeated when it is not in the channel', async () => {
    await queue('once');
    stage.discord.faults.failRest({ close: true, path: /messages/ });
    await outbox.sendDue();
    await restart();
    await outbox.sendDue();
    expect(posted()).toEqual(['once']);
  });

  test('is told from another one that says the same, and from what somebody else says', async () => {
    await queue('same');
    await outbox.sendDue();
    stage.ana.in(stage.channel).send('same');
    await queue('same');
    stage.discord.faults.failRest({ close: true, path: /messages/ });
    await outbox.sendDue();
    await restart();
    await outbox.sendDue();
    expect(posted()).toEqual(['same', 'same', 'same']);
  });

  test('is found behind all that was said since', async () => {
    await queue('once');
    stage.discord.faults.failRest({ close: 'afterwards', path: /messages/ });
    await outbox.sendDue();
    for (let n = 0; n < 250; n += 1) stage.ana.in(stage.channel).send(`since then ${n}`);
    await restart();
    await outbox.sendDue();
    expect(posted().filter((content) => content === 'once')).toHaveLength(1);
  });

  test('is noted as what it became, although it needs not be said any more', async () => {
    await store.outbox.add({ subject: { kind: 'escalation-update', id: 1 } }, now);
    composed.set(1, { channelId: stage.channel.id, body: { content: 'card', components: [row] } });
    stage.discord.faults.failRest({ close: 'afterwards', path: /messages/ });
    await outbox.sendDue();
    composed.clear();
    await restart();
    await outbox.sendDue();
    expect(await store.outbox.known([stage.channel.messages()[0]!.id])).toHaveLength(1);
  });

  test('waits while its channel cannot be read', async () => {
    await queue('once');
    stage.discord.faults.failRest({ close: 'afterwards', path: /messages/ });
    await outbox.sendDue();
    await restart();
    stage.discord.faults.failRest({ status: 503, path: /messages/, times: 4 });
    await outbox.sendDue();
    expect(posted()).toEqual(['once']);
    now += 3_600_000;
    await outbox.sendDue();
    expect(posted()).toEqual(['once']);
    expect(await store.outbox.due(now, 10)).toEqual([]);
  });
});

const row = { type: 1, components: [{ type: 2, style: 1, label: 'Yes', custom_id: 'yes' }] };

test('a stop does not wait for as long as Discord wants it to', async () => {
  await queue('later');
  stage.discord.faults.failRest({ retryAfterS: 600, path: /messages/ });
  const sending = outbox.sendDue();
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  await outbox.stop();
  await sending;
  outbox = open(compose);
  now += 60_000;
  expect(await store.outbox.due(now, 9)).toMatchObject([{ attempts: 1, tried: {} }]);
});

describe('lanes', () => {
  test('what is behind one that failed waits for it', async () => {
    await queue('first');
    await queue('second');
    stage.discord.faults.failRest({ status: 503, path: /messages/, times: 4 });
    await outbox.sendDue();
    await outbox.sendDue();
    expect(posted()).toEqual([]);
    now += 2000;
    await outbox.sendDue();
    expect(posted()).toEqual(['first', 'second']);
  });

  test('a channel that Discord slows down holds up no other', async () => {
    const other = stage.guild.createChannel({ name: 'other' });
    await queue('slow');
    await queue('quick', other.id);
    const path = new RegExp(`${stage.channel.id}/messages`);
    stage.discord.faults.failRest({ retryAfterS: 1, path });
    const done = outbox.sendDue();
    await expect.poll(() => other.messages().map(({ content }) => content)).toEqual(['quick']);
    await queue('quick again', other.id);
    await outbox.sendDue();
    expect(other.messages()).toHaveLength(2);
    await done;
    expect(posted()).toEqual(['slow']);
  });
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
    await open(compose, { silent: true }).sendDue();
    expect(posted()).toEqual(['answer']);
    expect(await store.outbox.due(now + 86_400_000, 10)).toEqual([]);
  });

  test('waits, and loses nothing, while it cannot be composed', async () => {
    const failing: Compose = async () => {
      throw new Error('the server is away');
    };
    await say(1);
    await open(failing).sendDue();
    expect(await store.outbox.due(now + 2000, 10)).toMatchObject([{ attempts: 1, subject: { id: 1 } }]);
  });
});
