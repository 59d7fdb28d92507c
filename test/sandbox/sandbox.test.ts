import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/sandbox.ts';

test('listens on 127.0.0.1 alone', async () => {
  const discord = await startSandbox();
  const { port } = new URL(discord.api);
  expect((await fetch(`${discord.api}/v10/gateway`)).status).toBe(200);
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === 'IPv4' && !address.internal);
  for (const address of others) {
    await expect(fetch(`http://${address!.address}:${port}/api/v10/gateway`)).rejects.toThrow('fetch failed');
  }
  await discord.close();
});

test('rejects when the port is taken, and frees it when closed', async () => {
  const first = await startSandbox();
  const port = Number(new URL(first.api).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  const second = await startSandbox({ port });
  expect(second.api).toBe(first.api);
  await second.close();
});
