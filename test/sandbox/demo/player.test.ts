import { Events, GatewayIntentBits as Intent, MessageType } from 'discord.js';
import type { Client, Message } from 'discord.js';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Cast } from '../../../sandbox/demo/cast.ts';
import { textOf } from '../../../sandbox/demo/conversation.ts';
import type { Conversation, Line } from '../../../sandbox/demo/conversation.ts';
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

const tempo = { pace: atOnce, leapTo: async () => {}, report: async () => {}, answered: async () => {} };

interface Heard {
  author: string;
  text: string;
  embeds: string[];
  isReply: boolean;
  /** Which of the messages heard it replies to. */
  answers: number;
  thread: string | undefined;
  /** Null: it is new. */
  edits: number | null;
}

/** Plays before a real client and resolves with all that it heard, in order. */
async function heardOf(cast: Cast, conversation: Conversation): Promise<[Heard[], Message[]]> {
  const client: Client = await connect(cast.discord, cast.guest, { intents });
  const messages: Message[] = [];
  const heard: Heard[] = [];
  const hear = (message: Message, edits: number | null) =>
    heard.push({
      author: message.author.id,
      text: message.cleanContent.toLowerCase(),
      embeds: message.embeds.map(({ title }) => title!),
      isReply: message.type === MessageType.Reply,
      answers: messages.findIndex(({ id }) => id === message.reference?.messageId),
      thread: message.channel.isThread() ? message.channel.name : undefined,
      edits,
    });
  try {
    client.on(Events.MessageCreate, (message) => {
      if (message.system) return;
      hear(message, null);
      messages.push(message);
    });
    client.on(Events.MessageUpdate, (_, message) => {
      if (message.editedTimestamp !== null)
        hear(
          message,
          messages.findIndex(({ id }) => id === message.id),
        );
    });
    await play(conversation, cast, tempo, forever);
    while (heard.length < conversation.lines.length) await setTimeout(5);
    return [heard, messages];
  } finally {
    await client.destroy();
  }
}

const indexIn = (lines: Line[], id: string | undefined) =>
  id === undefined
    ? -1
    : lines.filter(({ edits }) => edits === undefined).findIndex((line) => line.id === id);

test.each([general, dmResearcher, coordinationWebsite, projectRefactor])(
  'a client hears #$channel as it is written: who, in which order, in reply to what, changed into what',
  async (conversation) => {
    await using theatre = await openTheatre();
    const { people, agents } = theatre.cast;
    const [heard] = await heardOf(theatre.cast, conversation);
    const { lines } = conversation;
    const said = ({ edits, id }: Line) => lines.find((line) => line.id === (edits ?? id));
    expect(heard).toEqual(
      lines.map((line) => ({
        author: (people.get(line.from) ?? agents.get(line.from))!.id,
        text: textOf(line).toLowerCase(),
        embeds: (line.embeds ?? []).map(({ title }) => title),
        isReply: (line.edits ? said(line)! : line).replyTo !== undefined,
        answers: indexIn(lines, (line.edits ? said(line)! : line).replyTo),
        thread: line.thread?.name,
        edits: line.edits === undefined ? null : indexIn(lines, line.edits),
      })),
    );
  },
);

test('names become real mentions, and a thread hangs on the message it is about', async () => {
  await using theatre = await openTheatre();
  const [, heard] = await heardOf(theatre.cast, {
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
  await expect(play(conversation, theatre.cast, tempo, forever)).rejects.toThrow(`"${name}"`);
});

test('an abort ends the conversation between two lines', async () => {
  await using theatre = await openTheatre();
  const stop = new AbortController();
  const pace = (text: string, signal: AbortSignal) => {
    if (text === general.lines[2]!.say) stop.abort();
    return atOnce(text, signal);
  };
  await expect(play(general, theatre.cast, { ...tempo, pace }, stop.signal)).rejects.toThrow('aborted');
  expect(theatre.cast.channels.get('general')!.messages()).toHaveLength(2);
});

test('each line waits for its time, and what has to be answered holds up the rest', async () => {
  await using theatre = await openTheatre();
  const { guest, channels } = theatre.cast;
  const channel = channels.get('general')!;
  const log: string[] = [];
  const watched = {
    ...tempo,
    leapTo: async (time: string) => void log.push(time),
    answered: async (message: { content: string }) => {
      log.push(`${message.content}?`);
      guest.in(channel).send('Yes.');
    },
  };
  const lines: Line[] = [
    { at: '22:00', from: 'ana', say: 'One', isAnswered: true },
    { from: 'ana', say: 'Two' },
    { at: '23:00', from: 'ana', say: 'Three' },
  ];
  await play({ channel: 'general', lines }, theatre.cast, watched, forever);
  expect(log).toEqual(['22:00', 'One?', '23:00']);
  expect(channel.messages().map(({ content }) => content)).toEqual(['One', 'Yes.', 'Two', 'Three']);
});

test('a report is a block of its own, whatever is in it, and names nobody as a mention', async () => {
  await using theatre = await openTheatre();
  const report = { type: 'info', message: '```\n@coder' };
  const lines = [{ from: 'nanobot', say: 'See below.', report }];
  await play({ channel: 'general', lines }, theatre.cast, tempo, forever);
  const [message] = theatre.cast.channels.get('general')!.messages();
  const [, json] = /^See below\.\n```worklog\n(.*)\n```$/.exec(message!.content)!;
  expect(JSON.parse(json!)).toEqual(report);
  expect(message!.mentions).toEqual([]);
});
