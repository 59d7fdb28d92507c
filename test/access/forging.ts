import type { APIMessage } from 'discord.js';
import { openInteraction } from '../../sandbox/interactions.ts';
import type { Interaction } from '../../sandbox/interactions.ts';
import { runOf } from '../../sandbox/people/run.ts';
import type { Run } from '../../sandbox/people/run.ts';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import { wordsOf } from '../commands/support.ts';
import type { Town } from './town.ts';

/** What somebody got: the words of it, and all of it, files and forms included. */
export interface Answer {
  words: string;
  all: string;
  /** The message that it is, if it is one. */
  id?: string;
}

export interface Option {
  name: string;
  value?: string | number;
  /** 1 subcommand, 3 text, 7 channel. */
  type: number;
  options?: Option[];
  focused?: true;
}

const CHANNEL = 7;

/** A client that checks nothing, in one person's hands: it names what is hidden from them, and presses what they never saw. */
export class Forger {
  readonly #town: Town;
  readonly #person: Person;

  constructor(town: Town, person: Person) {
    this.#town = town;
    this.#person = person;
  }

  command(name: string, options: Option[], where: HasId = this.#town.lobby): Promise<Answer> {
    const data = { id: '1099000000000000001', type: 1, name, options, resolved: this.#resolved(options) };
    return this.#send({ type: 2, data }, where);
  }

  messageCommand(name: string, messageId: string, where: HasId): Promise<Answer> {
    const target = { id: messageId, channel_id: where.id, content: '', author: { id: '1', username: 'x' } };
    const data = {
      id: '1099000000000000001',
      type: 3,
      name,
      target_id: messageId,
      resolved: { messages: { [messageId]: { ...target, ...BLANK } } },
    };
    return this.#send({ type: 2, data }, where);
  }

  press(customId: string, values?: string[]): Promise<Answer> {
    const { bot, lobby } = this.#town;
    const message = bot.in(lobby).send({ components: [{ type: 10, content: '…' }], flags: 1 << 15 });
    const type = values === undefined ? 2 : 3;
    const data = { id: 1, custom_id: customId, component_type: type, ...(values && { values }) };
    return this.#send({ type: 3, data, message }, lobby);
  }

  submit(customId: string, fields: Record<string, string>): Promise<Answer> {
    const components = Object.entries(fields).map(([custom_id, value], index) => {
      const component = { type: 4, id: 2 * index + 2, custom_id, value };
      return { type: 18, id: 2 * index + 1, component };
    });
    return this.#send({ type: 5, data: { custom_id: customId, components } }, this.#town.lobby);
  }

  async suggestions(name: string, options: Option[]): Promise<Answer> {
    const data = { id: '1099000000000000001', type: 1, name, options };
    let run: Run;
    // Who gets none in time types on.
    do run = await this.#run({ type: 4, data, focusedType: 3 }, this.#town.lobby);
    while (run.failed);
    const all = JSON.stringify(run.interaction.response?.choices ?? null);
    return { words: all, all };
  }

  /** Presses a button of an answer that they got earlier. */
  async pressAgain(message: HasId): Promise<Answer> {
    const turns = ({ custom_id: id, disabled }: Record<string, unknown>) =>
      disabled !== true && /^explain:\d+:(?!artifact)/.test(String(id)) && !String(id).endsWith(':select');
    return answerOf(this.#town, await this.#person.in(this.#town.lobby).click(message, turns));
  }

  /** As Discord's servers would look them up for who may name them. */
  #resolved(options: readonly Option[]) {
    const { channels } = this.#town.discord.core.world;
    const named = [...options, ...options.flatMap((option) => option.options ?? [])];
    const resolved = named
      .filter(({ type }) => type === CHANNEL)
      .map(({ value }) => [value, { id: value, type: 0, name: channels.get(String(value))?.name ?? 'gone' }]);
    return { channels: Object.fromEntries(resolved) as Record<string, unknown> };
  }

  async #send(request: Request, where: HasId): Promise<Answer> {
    return answerOf(this.#town, await this.#run(request, where));
  }

  #run(request: Request, where: HasId): Promise<Run> {
    const { core } = this.#person.in(where);
    const { bot, lobby } = this.#town;
    // Nothing can be typed in a channel that is gone.
    const channelId = core.world.channels.has(where.id) ? where.id : lobby.id;
    const who = { applicationId: bot.id, userId: this.#person.id, channelId };
    return runOf(core, openInteraction(core, { ...request, ...who }));
  }
}

type Request = Pick<Interaction, 'type' | 'data' | 'message' | 'focusedType'>;

const BLANK = { attachments: [], embeds: [], mentions: [], mention_roles: [], components: [], type: 0 };

async function answerOf({ discord }: Town, run: Run): Promise<Answer> {
  if (run.modal) {
    const { interaction: _, ...form } = run.modal;
    return { words: form.title, all: JSON.stringify(form) };
  }
  const reply = await replyOf(run);
  const files = reply.attachments.map(({ id }) => discord.core.world.files.get(id)!);
  // What was pressed is quoted: they had that before.
  const said = JSON.stringify({ ...reply, referenced_message: null });
  const texts = files.map(({ bytes }) => Buffer.from(bytes).toString());
  return { id: reply.id, words: wordsOf(reply), all: [said, ...texts].join('\n') };
}

/** A press that takes long changes nothing at first: then it changes its message, or says something beside it. */
async function replyOf(run: Run): Promise<APIMessage> {
  const reply = await run.reply();
  if (run.response?.type !== DEFERRED_UPDATE) return reply;
  for (;;) {
    const [beside] = run.followUps;
    if (beside) return beside;
    const now = await run.reply();
    if (now.edited_timestamp !== reply.edited_timestamp) return now;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const DEFERRED_UPDATE = 6;
