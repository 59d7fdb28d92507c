import { setImmediate as nextTurn, setTimeout as elapsed } from 'node:timers/promises';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Bot, GuildChannel, Place, Sandbox } from '../../sandbox/sandbox.ts';
import type { Line, Session } from '../../sandbox/gateway/session.ts';
import { serveParent } from '../shared/calls.ts';
import { createWriter, seededRandom } from '../shared/text.ts';
import { CHANNEL_PREFIX } from './channels.ts';

/** A Discord in a process of its own where several bots write in several channels and one bot listens. */
export interface Flood {
  address(): { api: string; token: string; channels: number };
  /** In how many channels the listening bot has said that it records. */
  announced(): number;
  /** Lets the bots send so many messages, and keeps back what the gateway has to say of them. */
  prepare(count: number): Promise<void>;
  /** Lets the gateway say it, as fast as the socket takes it. */
  push(): Promise<void>;
  /** Lets the bots send so many messages that go out at once. */
  send(count: number): Promise<void>;
}

const BOTS = 8;
const CHANNELS = 10;
/** Every so many messages the socket gets its turn. */
const BURST = 200;
/** Share of the messages that hand work over to another bot. */
const HANDOFFS = 0.08;
/** Room for the mention that such a message begins with, within Discord's 2000 characters. */
const LONGEST = 1970;
/** Messages are not read again, so that a long flood does not fill the memory. */
const HISTORY = 50;
const RECONNECTED_POLL_MS = 50;

serveParent(createFlood(await startSandbox({ rateLimits: 'off', historyLimit: HISTORY })));

function createFlood(discord: Sandbox): Flood {
  const { listener, channels, next } = setStage(discord);
  let release = async () => {};
  const send = async (count: number) => {
    for (let n = 1; n <= count; n += 1) {
      const { place, content } = next();
      place.send(content);
      if (n % BURST === 0) await nextTurn();
    }
  };
  return {
    address: () => ({ api: discord.api, token: listener.token, channels: channels.length }),
    announced: () =>
      channels.filter((channel) => channel.messages().some(({ author }) => author.id === listener.id)).length,
    async prepare(count) {
      release = holdBack(await listening(discord));
      await send(count);
    },
    push: () => release(),
    send,
  };
}

function setStage(discord: Sandbox) {
  const owner = discord.createPerson({ username: 'owner' });
  const listener = discord.createBot({ username: 'listener' });
  const guild = discord.createGuild({ name: 'Flood', owner });
  const { ViewChannel, ReadMessageHistory, SendMessages } = PermissionFlagsBits;
  guild.add(listener, { permissions: ViewChannel | ReadMessageHistory | SendMessages });
  const bots = Array.from({ length: BOTS }, (_, index) => discord.createBot({ username: `agent-${index}` }));
  for (const bot of bots) guild.add(bot);
  const channels = Array.from({ length: CHANNELS }, (_, index) =>
    guild.createChannel({ name: `${CHANNEL_PREFIX}${index}` }),
  );
  return { listener, channels, next: talk(bots, channels) };
}

/** Who says what next, and where. */
function talk(
  bots: readonly Bot[],
  channels: readonly GuildChannel[],
): () => { place: Place; content: string } {
  const random = seededRandom(1);
  const writer = createWriter(random);
  const places = bots.map((bot) => channels.map((channel) => bot.in(channel)));
  return () => {
    const bot = Math.floor(random() * bots.length);
    const channel = Math.floor(random() * channels.length);
    const mention = random() < HANDOFFS ? `${bots[(bot + 1) % bots.length]} ` : '';
    const content = mention + writer.write(Math.min(writer.length(), LONGEST));
    return { place: places[bot]![channel]!, content };
  };
}

/** The session of the gateway's one client, once that is connected: on a busy machine it may have lost its connection. */
async function listening(discord: Sandbox): Promise<Session & { line: Line }> {
  for (;;) {
    const [session] = discord.core.events.receivers as unknown as Set<Session>;
    if (session?.line) return session as Session & { line: Line };
    await elapsed(RECONNECTED_POLL_MS);
  }
}

/** Keeps what the gateway has to say to a client; the function that is returned says it. */
function holdBack(session: Session & { line: Line }): () => Promise<void> {
  const { line } = session;
  const frames: string[] = [];
  session.attach({ sendRaw: (frame) => void frames.push(frame) });
  return async () => {
    session.attach(line);
    for (const [index, frame] of frames.entries()) {
      line.sendRaw(frame);
      if (index % BURST === 0) await nextTurn();
    }
  };
}
