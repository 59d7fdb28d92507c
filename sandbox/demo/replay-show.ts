import type { Account } from '../replay/accounts.ts';
import { readReplay } from '../replay/lines.ts';
import type { Replayed } from '../replay/lines.ts';
import type { Bot, PageGuide, Person, Sandbox } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import { morning } from './page-guide.ts';
import { play } from './player.ts';
import type { Tempo } from './player.ts';
import { wrap } from './render/width.ts';
import type { Screen } from './screen.ts';
import type { Show, Standing } from './show.ts';
import { announced, breath } from './story.ts';
import type { Teller } from './story.ts';

/** Each gets a channel; more of them nobody reads. */
const CONVERSATIONS_MAX = 20;

interface Room extends Replayed {
  /** The channel's name. */
  channel: string;
}

/** The conversations of a file, one after the other, each in a channel of its own. @throws InputError when the file holds none */
export function replayShow(file: string): Show {
  const { conversations, accounts } = readReplay(file);
  const rooms = conversations.slice(0, CONVERSATIONS_MAX).map(roomOf);
  const left = conversations.length - rooms.length;
  return {
    assemble: (discord, guest) => assemble(discord, guest, rooms, accounts),
    opening: () => rooms[0]!.channel,
    tell: (owner, cast, tempo, signal) => tell(rooms, owner, cast, tempo, signal),
    sequels: [],
    welcome: (_, screen) => welcome(rooms.length, left, screen),
    guide: (cast, at) => guide(cast, at),
    suggestions: ({ paint }) => ['', paint('bold', 'You are Ana. Try:'), ...TRY, ''],
  };
}

/** In the form that Discord gives to channels' names; the number keeps them apart. */
function roomOf(conversation: Replayed, index: number): Room {
  const name = conversation.id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return { ...conversation, channel: `${index + 1}-${name || 'conversation'}` };
}

function assemble(
  discord: Sandbox,
  guestName: string,
  rooms: readonly Room[],
  accounts: readonly Account[],
): Cast {
  const owner = discord.createPerson({ username: 'ana', displayName: 'Ana' });
  const guest = discord.createBot({ username: guestName });
  const guild = discord.createGuild({ name: 'Replay', owner });
  const people = new Map<string, Person>([['ana', owner]]);
  const agents = new Map<string, Bot>();
  const speaking = new Set(rooms.flatMap(({ lines }) => lines.flatMap(({ from, to }) => [from, to])));
  for (const [index, { kind, name }] of accounts.entries()) {
    if (!speaking.has(name)) continue;
    if (kind === 'bot') agents.set(name, discord.createBot({ username: name }));
    else if (!people.has(name))
      people.set(name, discord.createPerson({ username: `person.${index + 1}`, displayName: name }));
  }
  for (const member of [...people.values(), ...agents.values(), guest]) {
    if (member !== owner) guild.add(member);
  }
  const channels = new Map(
    rooms.map(({ channel, id }) => [
      channel,
      guild.createChannel({ name: channel, topic: id.slice(0, 1000) }),
    ]),
  );
  return { discord, guild, owner, people, agents, guest, channels };
}

async function tell(
  rooms: readonly Room[],
  owner: Teller,
  cast: Cast,
  tempo: Tempo,
  signal: AbortSignal,
): Promise<void> {
  for (const { channel, lines } of rooms) {
    owner.go(channel);
    await owner.type(`/workspace map type:project channel:#${channel} owner:@everyone`);
    await announced(cast, signal, [cast.channels.get(channel)!]);
    await play({ channel, lines }, cast, tempo, signal);
  }
  await breath(signal);
  await owner.type('/explain');
}

function welcome(played: number, left: number, { width }: Screen): string[] {
  const rest = left > 0 ? ` The file has ${left} more, which are left out.` : '';
  const plural = played === 1 ? 'One conversation is' : `${played} conversations are`;
  return wrap(
    `No account, no internet, nothing leaves this machine. ${plural} played, each in a channel of its own.${rest} ` +
      '(With --fast they are over at once.)',
    width,
  );
}

function guide(cast: Cast, at: Standing): PageGuide {
  const title = `Try ${cast.guest.username}`;
  const channel = [...cast.channels.values()].at(-1)!;
  if (!at.isTold) return { title, tips: [{ text: 'The conversations are played, channel by channel.' }] };
  return {
    title,
    tips: [
      { text: 'How did it go? **/explain** tells it step by step.', channel, type: '/explain' },
      { text: 'Ask as you would ask a colleague.', channel, type: '/how' },
      { text: 'Everything that was recorded:', channel, type: '/workspace-logs' },
      morning(at, channel),
    ],
  };
}

const TRY = [
  '  /explain mode:debug             all that is known of each step',
  '  /how question: what went wrong  a plain question',
  '  /workspace-logs                 the latest sessions',
  'A number presses the button that has it. Tab completes, help tells the rest, quit stops.',
];
