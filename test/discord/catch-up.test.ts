import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { objectionDraft } from '../../src/domain/feedback.ts';
import { numbered, RULES, startAway } from './catch-up-support.ts';
import type { Away } from './catch-up-support.ts';

let away: Away;
beforeEach(async () => {
  away = await startAway();
});
afterEach(() => away.end());

describe('after a time away', () => {
  test('records what was said in channels and threads, by people, bots and webhooks, in order', async () => {
    const { channel, ana, researcher } = away.team;
    ana.in(channel).send('before');
    const thread = ana.in(channel).startThread({ name: 'known' });
    researcher.in(thread).send('in the thread before');
    await away.running.settled();
    await away.stop();
    ana.in(channel).send('one');
    channel.createWebhook({ name: 'hook' }).send({ content: 'two', username: 'designer' });
    researcher.in(channel).send('three');
    researcher.in(thread).send('in the thread after');
    await away.start();
    expect(await away.said()).toEqual(['before', 'one', 'two', 'three']);
    expect(await away.said(thread.id)).toEqual(['in the thread before', 'in the thread after']);
    expect(await away.gaps()).toEqual([]);
  });

  test('reads page after page', async () => {
    const { channel, researcher } = away.team;
    await away.stop();
    for (const text of numbered(450)) researcher.in(channel).send(text);
    await away.start();
    expect(await away.said()).toEqual(numbered(450));
    // The bot's own notice is among them.
    expect(away.running.logged().join('\n')).toMatch(/"messages":451.*Caught up/);
  });

  test('finds threads that were opened, archived, or opened and archived meanwhile, and ends the session of the archived', async () => {
    const { channel, ana } = away.team;
    const old = ana.in(channel).startThread({ name: 'old' });
    ana.in(old).send('first');
    await away.running.settled();
    await away.stop();
    ana.in(old).send('last words');
    old.archive();
    const fresh = ana.in(channel).startThread({ name: 'fresh' });
    ana.in(fresh).send('hello');
    const brief = ana.in(channel).startThread({ name: 'brief' });
    ana.in(brief).send('in and out');
    brief.archive();
    await away.start();
    expect(await away.said(old.id)).toEqual(['first', 'last words']);
    expect(await away.said(fresh.id)).toEqual(['hello']);
    expect(await away.said(brief.id)).toEqual(['in and out']);
    const logs = await away.store.sessions.list({ workspaceIds: [1], limit: 10 });
    const reasons = new Map(logs.map(({ threadId, endReason }) => [threadId, endReason]));
    expect([old, brief, fresh].map(({ id }) => reasons.get(id))).toEqual(['archived', 'archived', null]);
  });

  test('finds a thread that was spoken in and archived while the bot was stopping', async () => {
    const { channel, ana } = away.team;
    const thread = ana.in(channel).startThread({ name: 'old' });
    ana.in(thread).send('first');
    await away.running.settled();
    const stopped = away.stop();
    ana.in(thread).send('last words');
    thread.archive();
    await stopped;
    await away.start();
    expect(await away.said(thread.id)).toEqual(['first', 'last words']);
  });

  test('reads private threads that the bot belongs to, and marks them so', async () => {
    const { channel, ana, bot: self } = away.team;
    const thread = ana.in(channel).startThread({ name: 'secret', private: true, invite: [self] });
    await away.running.settled();
    await away.stop();
    ana.in(thread).send('between us');
    thread.archive();
    await away.start();
    const log = await away.store.sessions.latest({ workspaceId: 1, threadId: thread.id });
    expect(log).toMatchObject({ privateThread: true, counts: { steps: 1 } });
  });

  test('does not read what was said before the channel was mapped', async () => {
    await away.stop();
    const { guild, ana } = away.team;
    const other = guild.createChannel({ name: 'project-other' });
    ana.in(other).send('before it was a workspace');
    await away.start();
    ana.in(other).send('now');
    await away.running.settled();
    await away.stop();
    await away.start();
    expect(await away.said(null, other.id)).toEqual(['now']);
  });

  test('does not read what was said while recording was switched off', async () => {
    const { channel, ana } = away.team;
    ana.in(channel).send('on');
    await away.running.settled();
    await away.stop();
    await away.start({ config: { ...RULES, work_logs: { enabled: false } } });
    ana.in(channel).send('off');
    await away.running.settled();
    await away.stop();
    await away.start();
    expect(await away.said()).toEqual(['on']);
  });

  test('keeps the names that people have in the server', async () => {
    const { channel, ben, guild } = away.team;
    guild.setNick(ben, 'Benny');
    await away.stop();
    ben.in(channel).send('hi');
    await away.start();
    const [log] = await away.store.sessions.list({ workspaceIds: [1], limit: 1 });
    expect((await away.store.sessions.participants(log!.sessionId))[0]!.author.name).toBe('Benny');
  });

  test('passes over own messages and notices, and does not ask for them again', async () => {
    const { channel, ana, bot: self } = away.team;
    await away.stop();
    self.in(channel).send('I said');
    ana.in(channel).pin(self.in(channel).send('pinned'));
    await away.start();
    expect(await away.said()).toEqual([]);
    const [mark] = await away.store.coverage.marks(1);
    expect(mark!.messageId).toBe(channel.messages().at(-1)!.id);
  });
});

describe('what became of earlier messages', () => {
  test('is seen: edits, deletions, and many deletions at once', async () => {
    const { channel, ana, researcher } = away.team;
    const here = researcher.in(channel);
    const [edited, deleted, ...many] = numbered(6).map((text) => here.send(text));
    await away.running.settled();
    await away.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    here.edit(edited!, 'something else altogether');
    ana.in(channel).delete(deleted!);
    ana.in(channel).bulkDelete(many.slice(0, 2));
    here.send('news');
    await away.start();
    const texts = await away.said();
    expect(texts).toEqual(
      expect.arrayContaining(['message 5', 'message 6', 'news', 'something else altogether']),
    );
    for (const gone of ['message 2', 'message 3', 'message 4']) expect(texts).not.toContain(gone);
  });

  test('is handed over once', async () => {
    const { channel, researcher } = away.team;
    const message = researcher.in(channel).send('Use MySQL');
    await away.running.settled();
    await away.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    researcher.in(channel).edit(message, 'Use PostgreSQL');
    await away.start();
    const once = await away.said();
    await away.stop();
    await away.start();
    expect(await away.said()).toEqual(once);
  });

  test('keeps what people said by the bot’s own forms, which is no message', async () => {
    const { channel, ana, researcher } = away.team;
    const message = researcher.in(channel).send('Use MySQL');
    await away.running.settled();
    const by = { key: ana.id, name: 'Ana', kind: 'person' as const };
    const against = { step: 1, messageId: message.id };
    const later = researcher.in(channel).send('after');
    await away.running.settled();
    const interactionId = (BigInt(later.id) - 1n).toString();
    const objection = { interactionId, by, against, reason: 'No, PostgreSQL', masked: 0, at: Date.now() };
    await away.store.feedback.object(message.id, objectionDraft(objection));
    await away.stop();
    await away.start();
    expect(await away.said()).toContain('No, PostgreSQL');
  });

  test('is not taken from an empty list of somebody who may not read', async () => {
    const { channel, researcher, bot: self } = away.team;
    researcher.in(channel).send('stays');
    await away.running.settled();
    await away.stop();
    channel.setOverwrites([{ id: self, deny: P.ReadMessageHistory }]);
    await away.start();
    expect(await away.said()).toEqual(['stays']);
  });
});

test('the marks of a database file survive a restart of the process', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'work-logs-catch-up-'));
  await away.stop();
  const { channel, ana } = away.team;
  await away.start({ db: join(dir, 'a.db') });
  ana.in(channel).send('one');
  await away.running.settled();
  await away.stop();
  ana.in(channel).send('two');
  await away.start({ db: join(dir, 'a.db') });
  const [log] = await away.running.app.store.sessions.list({ workspaceIds: [1], limit: 1 });
  expect(log!.counts.steps).toBe(2);
  await away.stop();
  rmSync(dir, { recursive: true });
});
