import { Events } from 'discord.js';
import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { TestBot } from '../support/bot.ts';
import { startAway } from './catch-up-support.ts';
import type { Away } from './catch-up-support.ts';

let away: Away;
beforeEach(async () => {
  away = await startAway();
});
afterEach(() => away.end());

describe('what is deleted or edited out of sight is so here, too:', () => {
  test('a message that is deleted while the page that shows it is on its way', async () => {
    const { channel, ana, bot: self, discord } = away.team;
    const thread = ana.in(channel).startThread({ name: 'busy' });
    ana.in(thread).send('heard');
    await away.running.settled();
    discord.faults.dropConnections(self);
    const secrets = [channel, thread].map((at) => ana.in(at).send(`the key is ${at.id}`));
    const deleted = new Set<string>();
    holdPages(away.running, async (page) => {
      for (const secret of secrets.filter(({ id }) => page.some((message) => message.id === id))) {
        ana.in({ id: secret.channelId }).delete(secret);
        deleted.add(secret.id);
      }
      await roundTrips(away.running);
    });
    discord.faults.expireSessions();
    await expect.poll(() => deleted.size, { timeout: 10_000 }).toBe(2);
    await away.running.settled();
    expect([...(await away.said()), ...(await away.said(thread.id))].filter((text) => text !== '')).toEqual([
      'heard',
    ]);
  });

  test('what waits when the session of the gateway is lost, and is deleted or edited out of sight', async () => {
    const { channel, ana, discord } = away.team;
    const page = Promise.withResolvers<void>();
    let pages = 0;
    holdPages(away.running, () => {
      pages += 1;
      return page.promise;
    });
    discord.faults.expireSessions();
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(1);
    const here = ana.in(channel);
    const [secret, rephrased] = [here.send('the key is 1234'), here.send('one')];
    here.edit(rephrased, 'two');
    await roundTrips(away.running);
    discord.faults.expireSessions();
    here.delete(secret);
    here.edit(rephrased, 'three');
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(2);
    page.resolve();
    await away.running.settled();
    expect(await away.said()).toEqual(['three']);
  });

  test('a deletion does not wait until its place has caught up', async () => {
    const { channel, ana, bot: self, discord } = away.team;
    const secret = ana.in(channel).send('the key is 1234');
    await away.running.settled();
    const page = Promise.withResolvers<void>();
    let pages = 0;
    holdPages(away.running, () => {
      pages += 1;
      return page.promise;
    });
    discord.faults.dropConnections(self);
    await expect.poll(() => pages, { timeout: 10_000 }).toBe(1);
    ana.in(channel).delete(secret);
    await expect.poll(() => away.said()).toEqual(['']);
    page.resolve();
  });

  test('a message that was heard before the connection was lost, and is not yet stored when the reading begins', async () => {
    const { channel, ana, discord } = away.team;
    await away.stop();
    const disk = Promise.withResolvers<void>();
    let isSlow = false;
    const append: Store['entries']['append'] = async (...args) => {
      if (isSlow) await disk.promise;
      return away.store.entries.append(...args);
    };
    await away.start({ db: { ...away.store, entries: { ...away.store.entries, append } } });
    isSlow = true;
    const secret = ana.in(channel).send('the key is 1234');
    await roundTrips(away.running);
    const ready = new Promise((resolve) => {
      away.running.app.client.once(Events.ShardReady, resolve);
    });
    discord.faults.expireSessions();
    ana.in(channel).delete(secret);
    await ready;
    await new Promise((resolve) => setTimeout(resolve, 200));
    disk.resolve();
    await away.running.settled();
    expect(await away.said()).toEqual(['']);
  });
});

/** Lets each page of messages arrive late: when what happens in between has happened. */
function holdPages({ app }: TestBot, between: (page: APIMessage[]) => Promise<void>): void {
  const { rest } = app.client;
  const get = rest.get.bind(rest);
  rest.get = async (route, options) => {
    const answer = await get(route, options);
    if (route.endsWith('/messages')) await between(answer as APIMessage[]);
    return answer;
  };
}

/** Resolves when the bot has everything that Discord sent before. */
async function roundTrips({ app }: TestBot): Promise<void> {
  const guild = app.client.guilds.cache.first()!;
  await guild.members.fetch({ query: 'nobody-of-that-name', limit: 1, time: 5000 });
}
