import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Escalation } from '../domain/escalation.ts';
import { escalationId, optionToken } from './escalation-ids.ts';
import type { Origin } from './escalation-ids.ts';
import { LIMITS } from './limits.ts';
import { plainLine } from './text.ts';

/** Names of the fields of the forms. */
export const WORDS = 'words';
export const OPTION = 'option';
export const REASON = 'reason';

/** Longest words of a person's own, in characters; as many as an entry holds. */
export const WORDS_MAX = 4000;
/** Longest reason, in characters. */
export const REASON_MAX = 2000;

/** Asks for a decision in words of one's own. */
export function wordsForm(
  { id }: Pick<Escalation, 'id'>,
  from: Origin,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: escalationId('words', id, from),
    title: 'Decide in your own words',
    components: [wordsField('What should be done?', 'The agent reads it as you write it.', true)],
  };
}

/** Asks for one of the options, and what is to be said with it. */
export function noteForm(
  { id, options }: Pick<Escalation, 'id' | 'options'>,
  from: Origin,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: escalationId('note', id, from),
    title: 'Decide, with a note',
    components: [
      {
        type: ComponentType.Label,
        label: 'Option',
        component: {
          type: ComponentType.StringSelect,
          custom_id: OPTION,
          required: true,
          options: options.slice(0, LIMITS.options).map((option, index) => ({
            label: plainLine(option, LIMITS.optionLabel) || '…',
            value: optionToken(option, index),
          })),
        },
      },
      wordsField('Note', 'The agent reads it as you write it.', true),
    ],
  };
}

/** Asks what is to be decided about a message. */
export function reasonForm(messageId: string): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `raise:${messageId}`,
    title: 'Escalate this',
    components: [
      {
        type: ComponentType.Label,
        label: 'What is to be decided?',
        description: 'The owners of this workspace are asked; the answer goes to who wrote the message.',
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON,
          style: TextInputStyle.Paragraph,
          required: true,
          max_length: REASON_MAX,
        },
      },
    ],
  };
}

function wordsField(label: string, description: string, required: boolean) {
  return {
    type: ComponentType.Label,
    label,
    description,
    component: {
      type: ComponentType.TextInput,
      custom_id: WORDS,
      style: TextInputStyle.Paragraph,
      required,
      max_length: WORDS_MAX,
    },
  } as const;
}
