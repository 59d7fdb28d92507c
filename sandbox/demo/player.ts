import type { Bot, HasId, Person, Place } from '../sandbox.ts';
import type { Message } from '../world.ts';
import type { Cast } from './cast.ts';
import { textOf } from './conversation.ts';
import type { Conversation, Line, Reported } from './conversation.ts';
import { withMentions } from './names.ts';
import type { Pace } from './pace.ts';

/** When the lines are said. */
export interface Tempo {
  pace: Pace;
  /** Resolves when the clock shows that time. */
  leapTo(time: string): Promise<void>;
  /** Lets an agent's program report what it did in a channel. */
  report(agent: string, channel: string, reported: Reported): Promise<void>;
  /** Resolves when the guest has answered this message, or lets one wait for too long. */
  answered(message: Message): Promise<void>;
}

/**
 * Says all lines of a conversation, each by its speaker, in its place and at its time.
 *
 * @param said what was said before, by the names that the lines have for it
 * @throws Error when the script names somebody or something that is not there
 * @throws AbortError when the signal aborts
 */
export async function play(
  { channel: name, lines }: Conversation,
  cast: Cast,
  tempo: Tempo,
  signal: AbortSignal,
  said: Map<string, Message> = new Map(),
): Promise<void> {
  const channel = known(cast.channels, name);
  const threads = new Map<string, HasId>();
  for (const line of lines) {
    const { thread } = line;
    for (const reported of line.reported ?? []) {
      await tempo.leapTo(reported.at);
      await tempo.report(line.from, name, reported);
    }
    if (line.at !== undefined) await tempo.leapTo(line.at);
    await tempo.pace(line.say, signal);
    const speaker = member(cast, line.from);
    if (thread !== undefined && !threads.has(thread.name)) {
      const message = known(said, thread.on);
      threads.set(thread.name, speaker.in(channel).startThread({ name: thread.name, message }));
    }
    const place = speaker.in(thread === undefined ? channel : known(threads, thread.name));
    const message = utter(line, place, cast, said);
    if (line.id !== undefined) said.set(line.id, message);
    if (line.isAnswered) await tempo.answered(message);
  }
}

function utter(line: Line, place: Place, cast: Cast, said: ReadonlyMap<string, Message>): Message {
  const { discord, guild } = cast;
  const { embeds, replyTo, edits, to } = line;
  // What agents report names others by name: only what people read has mentions.
  const text = withMentions(line.say, discord.core.world, guild.id);
  const say = to === undefined ? text : `${member(cast, to)} ${text}`;
  const message = { content: textOf({ ...line, say }), ...(embeds && { embeds }) };
  if (edits !== undefined) return place.edit(known(said, edits), message);
  return place.send({ ...message, ...(replyTo !== undefined && { replyTo: known(said, replyTo) }) });
}

function member({ people, agents }: Cast, name: string): Person | Bot {
  return people.get(name) ?? known(agents, name);
}

function known<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined)
    throw new Error(`The script speaks of "${name}", which it does not introduce before.`);
  return thing;
}
