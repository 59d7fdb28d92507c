import type { APIInteractionResponse } from 'discord-api-types/v10';
import {
  anything,
  isAbsent,
  isRecord,
  list,
  number,
  object,
  oneOf,
  string,
  integer,
  type Check,
} from './checks.ts';
import { assertForm } from './form.ts';
import { checkMessageAt, type CurrentMessage } from './message.ts';
import { modal } from './modal.ts';
import { localized } from './locales.ts';
import { OptionKind } from './options.ts';

/** Interaction types: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type */
export const InteractionKind = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 } as const;

/** Callback types: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
export const CallbackKind = {
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

export interface CallbackContext {
  interactionType: number;
  /** Whether the interaction came from a message: a component on it, or a modal that such a component opened. */
  onMessage: boolean;
  /** The message that callback type 7 changes. */
  message?: CurrentMessage;
  /** The type of the option that is autocompleted. */
  focusedType?: number;
  files: ReadonlyMap<string, string>;
}

/**
 * Checks an interaction's initial response against what it responds to.
 * @throws DiscordError 50035, or 50006 for a message that would show nothing
 */
export function checkCallback(body: unknown, context: CallbackContext): APIInteractionResponse {
  assertForm((value, form) => {
    object({ type: oneOf(allowedTypes(context)), data: anything }, ['type'])(value, form);
    if (form.errors || !isRecord(value)) return;
    const data = value['data'];
    if (isAbsent(data)) {
      if (needsData(value['type'])) form.at('data').required();
    } else dataCheck(value['type'], context)(data, form.at('data'));
  }, body);
  return body as APIInteractionResponse;
}

function allowedTypes({ interactionType, onMessage }: CallbackContext): number[] {
  const { message, deferred, deferredUpdate, update, choices, modal } = CallbackKind;
  if (interactionType === InteractionKind.autocomplete) return [choices];
  const answers = onMessage ? [message, deferred, deferredUpdate, update] : [message, deferred];
  return interactionType === InteractionKind.modalSubmit ? answers : [...answers, modal];
}

function needsData(type: unknown): boolean {
  const { message, update, choices, modal } = CallbackKind;
  return ([message, update, choices, modal] as unknown[]).includes(type);
}

function dataCheck(type: unknown, context: CallbackContext): Check {
  if (type === CallbackKind.choices) return choices(context.focusedType);
  if (type === CallbackKind.modal) return modal;
  if (type === CallbackKind.deferred || type === CallbackKind.deferredUpdate) {
    return object({ flags: integer({ min: 0 }), allowed_mentions: anything, tts: anything });
  }
  const { files, message } = context;
  const kind = type === CallbackKind.update ? 'edit' : 'interaction';
  return (data, form) => {
    if (!isRecord(data)) object({})(data, form);
    else
      checkMessageAt(
        data,
        { kind, files, ...(kind === 'edit' && message ? { current: message } : {}) },
        form,
      );
  };
}

/** At most 25 choices whose values are of the focused option's type. */
function choices(focusedType: number = OptionKind.string): Check {
  const values: Record<number, Check> = { [OptionKind.integer]: integer(), [OptionKind.number]: number() };
  const text = string({ min: 1, max: 100 });
  const choice = object(
    { name: text, name_localizations: localized(text), value: values[focusedType] ?? text },
    ['name', 'value'],
  );
  return object({ choices: list(choice, { max: 25 }) }, ['choices']);
}
