import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { StoredCommand } from '../world.ts';
import { channelOf } from '../world.ts';
import type { HasId } from './channel.ts';
import {
  complete,
  runCommand,
  runOnMessage,
  runOnUser,
  type Ambiguity,
  type Completion,
} from './commands.ts';
import { click, select, type Which } from './components.ts';
import { commandsFor } from './find-command.ts';
import { submit, type FieldValue } from './modals.ts';
import type { OptionValue } from './options.ts';
import { Place } from './place.ts';
import type { Scene } from './resolved.ts';
import type { OpenModal, Run } from './run.ts';

/**
 * A person in a channel: beside writing and reading, they use applications. Every such act resolves with what came
 * of it once the application responded, or when its 3 s are over. Each rejects with RefusedByClient for what
 * Discord's own client would not let the person do.
 */
export class PersonPlace extends Place {
  /** The commands that this person can choose from here, those of context menus included. */
  commands(): StoredCommand[] {
    return commandsFor(this.#scene());
  }

  /** Runs a chat command; subcommands follow its name: `workspace map`. */
  command(path: string, options: Record<string, OptionValue> = {}, which: Ambiguity = {}): Promise<Run> {
    return runCommand(this.#scene(), path, options, which);
  }

  /** What the application offers for the option that is being typed. Rejects when it offers nothing in time. */
  autocomplete(path: string, completion: Completion): Promise<APIApplicationCommandOptionChoice[]> {
    return complete(this.#scene(), path, completion);
  }

  messageCommand(name: string, message: HasId, which: Ambiguity = {}): Promise<Run> {
    return runOnMessage(this.#scene(), name, message, which);
  }

  userCommand(name: string, user: HasId, which: Ambiguity = {}): Promise<Run> {
    return runOnUser(this.#scene(), name, user, which);
  }

  /** Presses a button, found by its custom id or by a test of the component. */
  click(message: HasId, which: Which): Promise<Run> {
    return click(this.#scene(), message, which);
  }

  /** Chooses in a select: its own options by value, users, roles and channels as themselves or by id. */
  select(message: HasId, which: Which, values: readonly (string | HasId)[]): Promise<Run> {
    return select(this.#scene(), message, which, values);
  }

  /** Fills in and submits a modal; fields are named by their custom id. */
  submit(modal: OpenModal, fields: Record<string, FieldValue>): Promise<Run> {
    return submit(this.#scene(), modal, fields);
  }

  #scene(): Scene {
    return { core: this.core, channel: channelOf(this.core.world, this.channelId), userId: this.userId };
  }
}
