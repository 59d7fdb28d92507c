import { setTimeout } from 'node:timers/promises';
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { DiscordError } from '../../errors.ts';
import { RefusedByClient } from '../../sandbox.ts';
import type { Run } from '../../sandbox.ts';
import type { Cast } from '../cast.ts';
import { withMentions } from '../names.ts';
import { neutral } from '../render/neutral.ts';
import { wrap } from '../render/width.ts';
import type { Stage } from '../stage.ts';
import { complete } from './complete.ts';
import type { Completion } from './complete.ts';
import { findForm, messageCommands, slashForms } from './forms.ts';
import { helpLines } from './help.ts';
import { InputError, readInput } from './input.ts';
import type { Input } from './input.ts';
import { fillIn } from './modal.ts';
import type { Ask } from './modal.ts';
import { press } from './press.ts';
import type { Seat } from './seat.ts';
import { optionValues } from './values.ts';

/** A small Discord client that takes one line after another. */
export class Client {
  readonly #cast: Cast;
  readonly #stage: Stage;
  readonly #seat: Seat;

  constructor(cast: Cast, stage: Stage, seat: Seat) {
    this.#cast = cast;
    this.#stage = stage;
    this.#seat = seat;
  }

  /** Does what a line says and prints what comes of it, refusals included. False: the person wants to leave. */
  async enter(line: string, ask: Ask): Promise<boolean> {
    const commands = this.#commands();
    try {
      const input = readInput(line, slashForms(commands), messageCommands(commands));
      if (input.kind === 'quit') return false;
      await this.#act(input, ask);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#print([this.#stage.screen.paint('red', neutral(error.message))]);
    }
    return true;
  }

  /** Resolves when the command that the line begins with is there, or `patience` ms have passed: a new bot makes it known yet. */
  async offers(line: string, patience: number, signal: AbortSignal): Promise<void> {
    for (let waited = 0; waited < patience; waited += 50) {
      if (findForm(line.slice(1), slashForms(this.#commands()))) return;
      await setTimeout(50, undefined, { signal });
    }
  }

  /** How the line may go on. */
  complete(line: string): Promise<Completion> {
    const { world } = this.#cast.discord.core;
    const commands = this.#commands();
    return complete(line, {
      forms: slashForms(commands),
      messageCommands: messageCommands(commands),
      channels: this.#seat.visible.map(({ name }) => name),
      people: [...this.#cast.people.keys()],
      members: [...world.guilds.get(this.#cast.guild.id)!.members.keys()].map(
        (id) => world.users.get(id)!.username,
      ),
      // Where nothing is offered, whatever the reason, there is nothing to complete.
      offer: (form, focused, value) =>
        this.#seat.here.autocomplete(form.name, { focused, value }).catch(() => []),
    });
  }

  async #act(input: Input, ask: Ask): Promise<void> {
    const { here } = this.#seat;
    const { world } = this.#cast.discord.core;
    const guildId = this.#cast.guild.id;
    switch (input.kind) {
      case 'help':
        return this.#print(helpLines(this.#commands(), this.#stage.screen));
      case 'channel':
        this.#seat.go(input.name);
        return this.#seat.look();
      case 'person':
        return this.#seat.become(input.name);
      case 'say':
        return void here.send(withMentions(input.text, world, guildId));
      case 'slash': {
        const around = { world, guildId, visible: this.#seat.visible };
        const values = optionValues(input.form, input.values, around);
        return this.#finish(await here.command(input.form.name, values), ask);
      }
      case 'message-command': {
        const message = this.#stage.transcript.message(input.message);
        if (message === undefined) throw new InputError(`No message has the number ${input.message}.`);
        const place = this.#seat.person.in({ id: message.channelId });
        return this.#finish(await place.messageCommand(input.name, message), ask);
      }
      case 'press':
        return this.#press(input.control, input.choices, ask);
      default:
    }
  }

  async #press(number: number, choices: readonly number[], ask: Ask): Promise<void> {
    const pressable = this.#stage.controls.get(number);
    if (pressable === undefined) throw new InputError(`Nothing to press has the number ${number}.`);
    const place = this.#seat.person.in({ id: pressable.channelId });
    const outcome = await press(place, number, pressable, choices);
    if (Array.isArray(outcome)) this.#print(outcome);
    else await this.#finish(outcome, ask);
  }

  /** The answer itself shows up in the transcript, as all that is said; here one waits for it. */
  async #finish(run: Run, ask: Ask): Promise<void> {
    const place = this.#seat.person.in({ id: run.interaction.channelId });
    const last = run.modal ? await fillIn(run.modal, place, ask) : run;
    await last.reply().catch((error: Error) => {
      throw new InputError(error.message);
    });
  }

  #print(lines: readonly string[]): void {
    const { screen, transcript } = this.#stage;
    transcript.interrupt();
    screen.print(lines.flatMap((line) => wrap(line, screen.width)));
  }

  /** As this server's applications have them now; a command of the guild hides the global one of the same name. */
  #commands(): APIApplicationCommand[] {
    const { world } = this.#cast.discord.core;
    const stored = [...world.commands.values()];
    const global = stored.filter(({ guildId }) => guildId === undefined);
    const own = stored.filter(({ guildId }) => guildId === this.#cast.guild.id);
    const all = [...global, ...own].map(
      ({ command }) => [`${command.type} ${command.name}`, command] as const,
    );
    return [...new Map(all).values()];
  }
}

/** What a person meant and this Discord does not allow; anything else is a fault. */
function isRefusal(error: unknown): error is Error {
  return error instanceof InputError || error instanceof RefusedByClient || error instanceof DiscordError;
}
