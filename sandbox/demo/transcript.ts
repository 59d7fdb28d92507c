import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { APIMessage } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { messagePayload } from '../payloads/message.ts';
import type { HasId } from '../sandbox.ts';
import type { Message } from '../world.ts';
import { isThread } from '../world.ts';
import type { Controls } from './controls.ts';
import type { Screen } from './screen.ts';
import { chatLines, headline } from './render/chat.ts';
import type { Said } from './render/chat.ts';
import { renderMessage } from './render/message.ts';
import type { Rendered } from './render/message.ts';
import { neutral } from './render/neutral.ts';

/** What is said in a server, printed as it is said; each message has a number to call it by. */
export class Transcript {
  readonly #core: Core;
  readonly #screen: Screen;
  readonly #controls: Controls;
  readonly #messages: Message[] = [];
  readonly #numbers = new Map<string, number>();
  /** By message id: when it was last edited as it was last shown. */
  readonly #versions = new Map<string, number | null>();
  #heading = '';

  constructor(core: Core, screen: Screen, controls: Controls) {
    this.#core = core;
    this.#controls = controls;
    this.#screen = screen;
  }

  /**
   * From now on shows what the person can see who is `viewer()` at that moment, answers for that person alone included;
   * returns what stops it.
   */
  follow(viewer: () => HasId): () => void {
    const { messageListeners } = this.#core.events;
    const listener = (message: Message) => {
      const channel = this.#core.world.channels.get(message.channelId);
      const { id } = viewer();
      if (channel && this.#core.permissions.canView(channel, id)) this.#showNews(message, id);
    };
    messageListeners.add(listener);
    return () => messageListeners.delete(listener);
  }

  /** Shows these again to a person, under the numbers they have, as when one opens a channel. */
  recall(messages: readonly Message[], viewer: HasId): void {
    this.interrupt();
    for (const message of messages.filter(isSpoken)) this.#show(message, viewer.id);
  }

  /** The message shown under this number. */
  message(number: number): Message | undefined {
    return this.#messages[number - 1];
  }

  /** Something else was printed: the next message says again which channel it is in. */
  interrupt(): void {
    this.#heading = '';
  }

  /** A reaction or a new thread changes a message too, but not what it says. */
  #showNews(message: Message, viewerId: string): void {
    if (message.flags & MessageFlags.Loading || this.#versions.get(message.id) === message.editedAt) return;
    if (message.ephemeralTo === viewerId) this.#showAnswer(message, viewerId);
    else if (isSpoken(message)) this.#show(message, viewerId);
  }

  #show(message: Message, viewerId: string): void {
    const number = this.#numbers.get(message.id) ?? this.#messages.push(message);
    this.#numbers.set(message.id, number);
    const heading = placeName(this.#core, message.channelId);
    const { width } = this.#screen;
    if (heading !== this.#heading) this.#screen.print(['', headline(heading, this.#screen, width)]);
    this.#heading = heading;
    const seen = this.#seen(message, viewerId);
    const said: Said = {
      number,
      author: seen.author.global_name ?? seen.author.username,
      isBot: seen.author.bot === true,
      repliesTo: this.#numbers.get(message.reference?.messageId ?? ''),
      edited: message.editedAt !== null,
      message: seen,
    };
    this.#print(message, chatLines(said, this.#screen, width, this.#controls.next));
  }

  /** What one person alone sees has no place in the talk: it takes the whole width. */
  #showAnswer(message: Message, viewerId: string): void {
    const { width, paint, names } = this.#screen;
    const seen = this.#seen(message, viewerId);
    this.#print(message, renderMessage(seen, this.#screen, width, this.#controls.next));
    this.#screen.print([paint('dim', `(only ${names.user(viewerId)} sees this)`)]);
    this.interrupt();
  }

  #print(message: Message, { lines, controls }: Rendered): void {
    this.#versions.set(message.id, message.editedAt);
    this.#controls.keep(controls, message, message.channelId);
    this.#screen.print(lines);
  }

  #seen(message: Message, userId: string): APIMessage {
    return messagePayload(this.#core, message, { userId, readsContent: true }) as APIMessage;
  }
}

/** What somebody wrote, or an application answered, for all to see; not what the system announces. */
function isSpoken({ type, ephemeralTo }: Message): boolean {
  return SPOKEN.has(type) && ephemeralTo === undefined;
}

const SPOKEN = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

/** `#channel`, or `#channel › thread`. */
export function placeName(core: Core, channelId: string): string {
  const channel = core.world.channels.get(channelId);
  if (channel === undefined) return '#deleted-channel';
  if (!isThread(channel)) return `#${neutral(channel.name)}`;
  return `${placeName(core, channel.parentId)} › ${neutral(channel.name)}`;
}
