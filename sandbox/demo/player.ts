import type { HasId } from '../sandbox.ts';
import type { Message } from '../world.ts';
import type { Cast } from './cast.ts';
import type { Conversation } from './conversation.ts';
import { withMentions } from './names.ts';
import type { Pace } from './pace.ts';

/**
 * Says all lines of a conversation, each by its speaker and in its place.
 * @throws Error when the script names somebody or something that is not there
 * @throws AbortError when the signal aborts
 */
export async function play(
  { channel: name, lines }: Conversation,
  { discord, guild, people, agents, channels }: Cast,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  const channel = known(channels, name);
  const said = new Map<string, Message>();
  const threads = new Map<string, HasId>();
  for (const { id, from, say, replyTo, thread } of lines) {
    await pace(say, signal);
    const speaker = people.get(from) ?? known(agents, from);
    if (thread !== undefined && !threads.has(thread.name)) {
      const message = known(said, thread.on);
      threads.set(thread.name, speaker.in(channel).startThread({ name: thread.name, message }));
    }
    const place = thread === undefined ? channel : known(threads, thread.name);
    const message = speaker.in(place).send({
      content: withMentions(say, discord.core.world, guild.id),
      ...(replyTo !== undefined && { replyTo: known(said, replyTo) }),
    });
    if (id !== undefined) said.set(id, message);
  }
}

function known<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined)
    throw new Error(`The script speaks of "${name}", which it does not introduce before.`);
  return thing;
}
