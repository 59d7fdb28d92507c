import { expect, test } from 'vitest';
import { Archive } from '../../src/cli/archive.ts';
import { testConfig } from '../support/bot.ts';
import { memoryStore, START } from '../store/support.ts';
import { workspace } from '../views/support.ts';

test('times are those of the server that the answer is about, and of the configuration where there are several', async () => {
  const { store } = memoryStore();
  const workspaces = ['1', '2', '3', '4'].map((guildId) => workspace({ guildId }));
  const archive = new Archive({
    config: { ...testConfig({ discord: { api: 'http://127.0.0.1:1/api' } }), timezone: 'Europe/Lisbon' },
    store: { ...store, partlySearched: async () => [] },
    workspaces,
    timezones: [
      { guildId: '1', timezone: 'Asia/Kathmandu', at: START },
      { guildId: '2', timezone: null, at: START },
      { guildId: '4', timezone: 'Asia/Kathmandu', at: START },
    ],
    at: START,
  });
  const timezoneOf = (...guildIds: string[]) =>
    archive.known(workspaces.filter(({ guildId }) => guildIds.includes(guildId))).timezone;
  expect([timezoneOf('1'), timezoneOf('2'), timezoneOf('3')]).toEqual([
    'Asia/Kathmandu',
    'Europe/Lisbon',
    'Europe/Lisbon',
  ]);
  expect([timezoneOf('1', '4'), timezoneOf('1', '3'), timezoneOf()]).toEqual([
    'Asia/Kathmandu',
    'Europe/Lisbon',
    'Europe/Lisbon',
  ]);
  await store.close();
});
