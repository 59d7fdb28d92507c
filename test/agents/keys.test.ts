import { expect, test } from 'vitest';
import { AgentError } from '../../src/agents/errors.ts';
import { createKeys } from '../../src/agents/http/keys.ts';

const named = (said: string) => ({ botKey: '1', given: 'key', said: [said] });

async function refuse(): Promise<string> {
  throw new AgentError('not_found', 'There is no such workspace.');
}

const make = async () => 'made';

test.each<[string, () => Promise<string>, string]>([
  ['was made', make, 'key_reused'],
  ['was refused', refuse, 'made'],
  ['failed, and may have been made', () => Promise.reject(new AgentError('failed', '')), 'key_reused'],
])('a key whose call %s', async (_what, call, another) => {
  const keys = createKeys();
  await keys(named('one'), call).catch(() => {});
  expect(await keys(named('another'), make).catch(({ code }) => code)).toBe(another);
});

test.each([
  ['first', [0, 1]],
  ['last', [1, 0]],
])('a key whose call was made twice at once, and is refused %s, is not free', async (_when, order) => {
  const keys = createKeys();
  const ends = [refuse, make].map((end) => ({ end, ...Promise.withResolvers<void>() }));
  const calls = ends.map(({ end, promise }) => keys(named('one'), () => promise.then(end)).catch(() => {}));
  for (const index of order) {
    ends[index]!.resolve();
    await calls[index];
  }
  await expect(keys(named('another'), make)).rejects.toMatchObject({ code: 'key_reused' });
});
