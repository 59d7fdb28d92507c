import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { App } from '../app.ts';

/** A slash command or a message command: its definition beside its handler. */
export interface Command<
  I extends ChatInputCommandInteraction | MessageContextMenuCommandInteraction =
    | ChatInputCommandInteraction
    | MessageContextMenuCommandInteraction,
> {
  data: RESTPostAPIApplicationCommandsJSONBody;
  run(interaction: I, app: App): Promise<void>;
  autocomplete?(interaction: AutocompleteInteraction, app: App): Promise<void>;
  /**
   * Buttons, selects and modals of this command's answers. Their custom id is `<name>:<args…>`, all they need to know, so that
   * they keep working after a restart.
   */
  component?: {
    name: string;
    run(
      interaction: MessageComponentInteraction | ModalSubmitInteraction,
      args: string[],
      app: App,
    ): Promise<void>;
  };
}
