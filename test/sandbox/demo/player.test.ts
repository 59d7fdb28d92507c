import { Events, GatewayIntentBits as Intent, MessageType } from 'discord.js';
import type { Client, Message } from 'discord.js';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Cast } from '../../../sandbox/demo/cast.ts';
import type { Conversation } from '../../../sandbox/demo/conversation.ts';
import { coordinationWebsite } from '../../../sandbox/demo/conversations/coordination-website.ts';
import { dmResearcher } from '../../../sandbox/demo/conversations/dm-researcher.ts';
import { general } from '../../../sandbox/demo/conversations/general.ts';
import { projectRefactor } from '../../../sandbox/demo/conversations/project-refactor.ts';
import { atOnce } from '../../../sandbox/demo/pace.ts';
import { play } from '../../../sandbox/demo/player.ts';
import { connect } from '../../support/discord-js.ts';
import { openTheatre } from './support.ts';

const intents = [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent];
const forever = new AbortController().signal;

/** Plays before a real client and resolves with all that it heard. */
async function heardOf(cast: Cast, conversation: Conversation): Promise<Message[]> {
  const client: Client = await connect(cast.discord, cast.guest, { intents });
  try {
    const heard: Message[] = [];
    client.on(Events.MessageCreate, (message) => {
      if (!message.system) heard.push(message);
    });
    await play(conversation, cast, atOnce, forever);
    while (heard.length < conversation.lines.length) await setTimeout(5);
    return heard;
  } finally {
    await client.destroy();
  }
}

test.each([general, dmResearcher, coordinationWebsite, projectRefactor])(
  'a client hears #$channel as it is written: who, in which order, in reply to what',
  async (conversation) => {
    await using theatre = await openTheatre();
    const { people, agents } = theatre.cast;
    const heard = await heardOf(theatre.cast, conversation);
    const { lines } = conversation;
    const idOf = (from: string) => (people.get(from) ?? agents.get(from))!.id;
    expect(
      heard.map((message) => ({
        author: message.author.id,
        text: message.cleanContent.toLowerCase(),
        isReply: message.type === MessageType.Reply,
        answers: heard.findIndex(({ id }) => id === message.reference?.messageId),
        thread: message.channel.isThread() ? message.channel.name : undefined,
      })),
    ).toEqual(
      lines.map(({ from, say, replyTo, thread }) => ({
        author: idOf(from),
        text: say.toLowerCase(),
        isReply: replyTo !== undefined,
        answers: replyTo === undefined ? -1 : lines.findIndex(({ id }) => id === replyTo),
        thread: thread?.name,
      })),
    );
  },
);

test('names become real mentions, and a thread hangs on the message it is about', async () => {
  await using theatre = await openTheatre();
  const heard = await heardOf(theatre.cast, {
    channel: 'general',
    lines: [
      { id: 'ask', from: 'ana', say: '@nanobot and @researcher: see #general, not a@nanobot or @nobody' },
      { from: 'coder', say: 'Here.', thread: { name: 'details', on: 'ask' } },
    ],
  });
  const [ask, detail] = heard as [Message, Message];
  const { agents, channels } = theatre.cast;
  expect(ask.content).toBe(
    `<@${agents.get('nanobot')!.id}> and <@${agents.get('researcher')!.id}>: see <#${channels.get('general')!.id}>, not a@nanobot or @nobody`,
  );
  expect([...ask.mentions.users.keys()]).toEqual([agents.get('nanobot')!.id, agents.get('researcher')!.id]);
  expect(detail.channel).toMatchObject({ id: ask.id, name: 'details' });
});

test.each([
  [{ channel: 'nowhere', lines: [] }, 'nowhere'],
  [{ channel: 'general', lines: [{ from: 'nobody', say: 'hi' }] }, 'nobody'],
  [{ channel: 'general', lines: [{ from: 'ana', say: 'hi', replyTo: 'later' }] }, 'later'],
])('a script that speaks of what is not there fails by its name', async (conversation, name) => {
  await using theatre = await openTheatre();
  await expect(play(conversation, theatre.cast, atOnce, forever)).rejects.toThrow(`"${name}"`);
});

test('an abort ends the conversation between two lines', async () => {
  await using theatre = await openTheatre();
  const stop = new AbortController();
  const pace = (text: string, signal: AbortSignal) => {
    if (text === general.lines[2]!.say) stop.abort();
    return atOnce(text, signal);
  };
  await expect(play(general, theatre.cast, pace, stop.signal)).rejects.toThrow('aborted');
  expect(theatre.cast.channels.get('general')!.messages()).toHaveLength(2);
});
