import { setTimeout as elapsed } from 'node:timers/promises';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import type { Bot, GuildChannel, Person } from '../../../sandbox/sandbox.ts';
import { WorkLogsClient } from '../../../src/agents/client.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { startBot } from '../../shared/bot-process.ts';
import { freePort } from '../../shared/free-port.ts';

export interface DoorOptions {
  /** The database that the bot records into; must not exist yet. */
  dbPath: string;
  /** An empty directory for the bot to run in. */
  dir: string;
}

/** How long the commands may take to be there, in ms. */
const PATIENCE = 30_000;

/**
 * Lets an agent's program play through the doors of the real bot, then looks at what the database holds.
 *
 * @param play what the program does
 * @param check what is made of the store once the bot has stopped cleanly
 */
export async function throughDoor<P, R>(
  { dbPath, dir }: DoorOptions,
  play: (client: WorkLogsClient) => Promise<P>,
  check: (store: Store, played: P) => Promise<R>,
): Promise<R> {
  const discord = await startSandbox({ rateLimits: 'off' });
  const owner = discord.createPerson({ username: 'replay.owner', displayName: 'Replay owner' });
  const recorder = discord.createBot({ username: 'Work Logs' });
  const agent = discord.createBot({ username: 'agent' });
  const guild = discord.createGuild({ name: 'Replay', owner });
  for (const bot of [recorder, agent]) guild.add(bot);
  const channel = guild.createChannel({ name: 'replay' });
  const config = {
    workspaces: [{ match: 'replay', type: 'project', owners: ['everyone'] }],
    // Real runs hold e-mail addresses and the like; here every character counts.
    work_logs: { privacy: { mask_secrets: false } },
  };
  const agentPort = await freePort();
  const bot = startBot({ api: discord.api, token: recorder.token, dbPath, dir, config, agentPort });
  try {
    const token = await tokenFor(owner, channel, agent, bot.demandRunning.bind(bot));
    const played = await play(new WorkLogsClient({ url: `http://127.0.0.1:${agentPort}`, token }));
    await bot.stop();
    const store = await openStore({ path: dbPath });
    return await check(store, played).finally(() => store.close());
  } finally {
    bot.kill();
    await discord.close();
  }
}

/** As the owner of the server would make it. */
async function tokenFor(
  owner: Person,
  channel: GuildChannel,
  agent: Bot,
  demandRunning: () => void,
): Promise<string> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    demandRunning();
    const there = owner.in(channel).commands();
    const isMapped = channel.messages().length > 0;
    if (isMapped && there.some(({ command }) => command.name === 'bot')) break;
    if (performance.now() > until) throw new Error('The bot has no commands yet; it is given up.');
    await elapsed(50);
  }
  const run = await owner.in(channel).command('bot token create', { bot: agent.id });
  const [token] = /wlt_\d+_[\w-]{43}/.exec(JSON.stringify(await run.reply())) ?? [];
  if (token === undefined) throw new Error('The bot made no token.');
  return token;
}
