import { expect, test } from 'vitest';
import { configFile } from '../../src/config/file.ts';
import { exchangeRules, insightRules } from '../../src/config/insights.ts';

const DAY = 24 * 60 * 60_000;

test('without a config file insights are handed out every hour, in their own channel, and hold for 180 days', () => {
  const file = configFile.parse({});
  expect(exchangeRules(file)).toEqual({ every: '0 * * * *', channelId: null });
  expect(insightRules(file)).toMatchObject({
    enabled: true,
    autoApprove: false,
    expireAfter: 180 * DAY,
    announce: true,
  });
});

test('what the config file says of the exchange holds', () => {
  const exchange = { every: '*/10 * * * *', channel: '1099000000000000001', expire_days: 7 };
  const work_logs = {
    silent: true,
    learning_exchange: { auto_approve: true, shareable_categories: ['weather'] },
  };
  const file = configFile.parse({ exchange, work_logs });
  expect(exchangeRules(file)).toEqual({ every: '*/10 * * * *', channelId: '1099000000000000001' });
  expect(insightRules(file)).toMatchObject({
    autoApprove: true,
    categories: ['weather'],
    expireAfter: 7 * DAY,
    announce: false,
  });
});

test.each([
  { every: 'hourly' },
  { every: '61 * * * *' },
  { channel: '#exchange' },
  { expire_days: 0 },
  { often: true },
])('%j is refused', (exchange) => {
  expect(configFile.safeParse({ exchange }).success).toBe(false);
});
