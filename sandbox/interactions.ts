import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { Core } from './core.ts';
import { alreadyAcknowledged, invalidWebhookToken, unknownInteraction, unknownWebhook } from './errors.ts';
import { interactionPayload } from './interactions/payload.ts';
import type { Message } from './world.ts';

/** Time for the initial response: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback */
export const RESPOND_WITHIN_MS = 3000;

/** Life of an interaction's token: https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages */
export const TOKEN_LIFE_MS = 15 * 60_000;

/** Something a person did with an application's command, component or modal. */
export interface InteractionRequest {
  /** 2 command, 3 component, 4 autocomplete, 5 modal submit. */
  type: 2 | 3 | 4 | 5;
  applicationId: string;
  userId: string;
  channelId: string;
  /** The `data` member of the payload. */
  data: object;
  /** The message a component sits on, or that a modal's component sat on. */
  message?: Message;
  /** The command or component that opened the modal which is submitted. */
  opener?: Interaction;
  /** The option type that is autocompleted. */
  focusedType?: number;
  /** What a context menu was opened on. */
  target?: { userId: string } | { messageId: string };
}

export interface Interaction extends InteractionRequest {
  id: string;
  token: string;
  guildId?: string;
  createdAt: number;
  /** `failed`: nobody responded in time; the person sees "This interaction failed". */
  state: 'waiting' | 'answered' | 'failed';
  response?: InteractionResponse;
  /** The message that `@original` means: the response, or the message that was updated. */
  original?: Message;
  followUps: Message[];
  /** Told when the state changes. */
  watchers: Set<() => void>;
}

/** The initial response, as far as it is not a message. */
export interface InteractionResponse {
  /** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
  type: number;
  modal?: APIModalInteractionResponseCallbackData;
  choices?: APIApplicationCommandOptionChoice[];
}

/** Sends an interaction to its application and starts its clocks. */
export function openInteraction(core: Core, request: InteractionRequest): Interaction {
  const guildId = core.world.channels.get(request.channelId)?.guildId;
  const id = core.ids.next();
  const interaction: Interaction = {
    ...request,
    id,
    token: newToken(id),
    ...(guildId !== undefined && { guildId }),
    createdAt: core.clock.now(),
    state: 'waiting',
    followUps: [],
    watchers: new Set(),
  };
  forgetExpired(core);
  core.world.interactions.set(interaction.token, interaction);
  interaction.watchers.add(core.clock.after(RESPOND_WITHIN_MS, () => settle(interaction, 'failed')));
  core.events.toUser(request.applicationId, 0, 'INTERACTION_CREATE', interactionPayload(core, interaction));
  return interaction;
}

/**
 * The interaction an initial response is for.
 * @throws DiscordError 10062 when there is none or its 3 s are over, 40060 when it was responded to
 */
export function interactionToAnswer(core: Core, id: string, token: string): Interaction {
  const interaction = core.world.interactions.get(token);
  if (interaction === undefined || interaction.id !== id || interaction.state === 'failed')
    throw unknownInteraction();
  if (interaction.state === 'answered') throw alreadyAcknowledged();
  return interaction;
}

/**
 * The interaction whose token serves as a webhook's.
 * @throws DiscordError 50027 when the token is unknown or older than 15 min, 10015 before the initial response
 */
export function answeredInteraction(core: Core, applicationId: string, token: string): Interaction {
  const interaction = core.world.interactions.get(token);
  if (interaction === undefined || interaction.applicationId !== applicationId) throw invalidWebhookToken();
  if (isExpired(core, interaction)) throw invalidWebhookToken();
  if (interaction.state !== 'answered') throw unknownWebhook();
  return interaction;
}

/** Takes the response, or its absence; only the first of either counts. */
export function settle(interaction: Interaction, state: 'answered' | 'failed'): void {
  if (interaction.state !== 'waiting') return;
  interaction.state = state;
  for (const watcher of interaction.watchers) watcher();
}

/** The oldest come first. */
function forgetExpired(core: Core): void {
  for (const [token, interaction] of core.world.interactions) {
    if (!isExpired(core, interaction)) break;
    core.world.interactions.delete(token);
  }
}

function isExpired(core: Core, { createdAt }: Interaction): boolean {
  return core.clock.now() - createdAt >= TOKEN_LIFE_MS;
}

/** Tokens name their interaction and are about as long as Discord's. */
function newToken(id: string): string {
  return Buffer.from(`interaction:${id}:${randomBytes(96).toString('base64url')}`).toString('base64url');
}
