import { MessageType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { authorPayload } from '../payloads/message.ts';
import type { Message } from '../world.ts';
import { isThread } from '../world.ts';
import type { Controls } from './controls.ts';
import type { Screen } from './screen.ts';
import { chatLines, headline } from './render/chat.ts';
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

  /** From now on shows what the person can see who is `userId()` at that moment; returns what stops it. */
  follow(userId: () => string): () => void {
    const { messageListeners } = this.#core.events;
    const listener = (message: Message) => {
      const channel = this.#core.world.channels.get(message.channelId);
      if (channel && this.#core.permissions.canView(channel, userId())) this.#showNews(message);
    };
    messageListeners.add(listener);
    return () => messageListeners.delete(listener);
  }

  /** Shows these again, under the numbers they have, as when somebody opens a channel. */
  recall(messages: readonly Message[]): void {
    this.interrupt();
    for (const message of messages.filter(isSpoken)) this.#show(message);
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
  #showNews(message: Message): void {
    if (isSpoken(message) && this.#versions.get(message.id) !== message.editedAt) this.#show(message);
  }

  #show(message: Message): void {
    const number = this.#numbers.get(message.id) ?? this.#messages.push(message);
    this.#numbers.set(message.id, number);
    this.#versions.set(message.id, message.editedAt);
    const heading = placeName(this.#core, message.channelId);
    const isElsewhere = heading !== this.#heading;
    this.#heading = heading;
    const { width } = this.#screen;
    const said = this.#said(message, number);
    const { lines, controls } = chatLines(said, this.#screen, width, this.#controls.next);
    this.#controls.keep(controls, message, message.channelId);
    this.#screen.print([...(isElsewhere ? ['', headline(heading, this.#screen, width)] : []), ...lines]);
  }

  #said(message: Message, number: number) {
    const author = authorPayload(this.#core, message) as {
      global_name: string | null;
      username: string;
      bot?: boolean;
    };
    return {
      number,
      author: author.global_name ?? author.username,
      isBot: author.bot === true,
      repliesTo: this.#numbers.get(message.reference?.messageId ?? ''),
      edited: message.editedAt !== null,
      message,
    };
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
