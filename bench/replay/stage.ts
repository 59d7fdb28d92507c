import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Bot, GuildChannel, HasId, Person, Sandbox } from '../../sandbox/sandbox.ts';
import type { Account } from '../../sandbox/replay/accounts.ts';
import type { Part, Plan, Post } from './plan.ts';

/** The sandbox with everyone in it who speaks, and the bot that listens. */
export interface Stage {
  /** The bot that records. */
  recorder: Bot;
  channels: GuildChannel[];
  idOf(account: Account): string;
  /** Opens the place where a conversation takes place. */
  open(part: Part): OpenPlace;
  /** In how many channels the recorder has said that it records: from then on it does. */
  announced: () => number;
}

export interface OpenPlace {
  channelId: string;
  /** Null for the channel itself. */
  threadId: string | null;
  /** Sends a message and returns its id. */
  send(post: Post): string;
}

/** The channels' names start with it; the recorder's config maps them by it. */
export const CHANNEL_PREFIX = 'replay-';

/** Makes a server with a channel for every few conversations, and an account for everyone who speaks in them. */
export function setStage(discord: Sandbox, plan: Plan): Stage {
  const owner = discord.createPerson({ username: 'replay.owner', displayName: 'Replay owner' });
  const recorder = discord.createBot({ username: 'Work Logs' });
  const guild = discord.createGuild({ name: 'Replay', owner });
  guild.add(recorder, { permissions: RECORDER_PERMISSIONS });
  const players = new Map<string, Person | Bot>();
  for (const [index, account] of plan.accounts.entries()) {
    const player = createPlayer(discord, account, index);
    guild.add(player);
    players.set(account.key, player);
  }
  const channels = Array.from({ length: plan.channels }, (_, index) =>
    guild.createChannel({ name: `${CHANNEL_PREFIX}${index + 1}` }),
  );
  const playerOf = ({ key }: Account) => players.get(key)!;
  return {
    recorder,
    channels,
    idOf: (account) => playerOf(account).id,
    open: (part) => openPlace(part, channels[part.channel]!, owner, playerOf),
    announced: () =>
      channels.filter((channel) => channel.messages().some(({ author }) => author.id === recorder.id)).length,
  };
}

/** What an installed bot of this kind asks for. */
const RECORDER_PERMISSIONS =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.SendMessages;

function createPlayer(discord: Sandbox, { kind, name }: Account, index: number): Person | Bot {
  return kind === 'bot'
    ? discord.createBot({ username: name })
    : discord.createPerson({ username: `person.${index + 1}`, displayName: name });
}

function openPlace(
  { inThread, conversation }: Part,
  channel: GuildChannel,
  owner: Person,
  playerOf: (account: Account) => Person | Bot,
): OpenPlace {
  const thread = inThread ? owner.in(channel).startThread({ name: threadName(conversation.id) }) : null;
  const place: HasId = thread ?? channel;
  return {
    channelId: channel.id,
    threadId: thread?.id ?? null,
    send({ author, to, text }) {
      const content = to ? `${playerOf(to)} ${text}` : text;
      return playerOf(author).in(place).send(content).id;
    },
  };
}

/** Discord takes 1–100 characters: https://docs.discord.com/developers/resources/channel#channel-object */
function threadName(id: string): string {
  return id.toWellFormed().slice(0, 90).trim() || 'conversation';
}
