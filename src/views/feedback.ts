import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIMessageTopLevelComponent, APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Entry } from '../domain/entry.ts';
import { REASON_MAX } from '../domain/feedback.ts';
import { iconOf } from './icons.ts';
import { LIMITS } from './limits.ts';
import { button, buttons, select } from './parts.ts';
import { plainLine } from './text.ts';

/** What a press on a component named `feedback` says. */
export type FeedbackPress =
  /** Whether an answer about the session helped. */
  | { kind: 'rating'; sessionId: string; helped: boolean }
  /** A step of it was wrong. */
  | { kind: 'wrong'; sessionId: string; step: number };

/** Asks whether an answer helped; {@link withoutRating} takes it away again. */
export function ratingButtons(sessionId: string): APIMessageTopLevelComponent {
  return buttons(
    button('👍 Helped', `${RATING}:yes:${sessionId}`),
    button('👎 Did not help', `${RATING}:no:${sessionId}`),
  );
}

/** The same message without the question whether it helped; all else stays as it is. */
export function withoutRating(
  components: readonly APIMessageTopLevelComponent[],
): APIMessageTopLevelComponent[] {
  return components.filter((row) => row.type !== ComponentType.ActionRow || !row.components.some(isRating));
}

/** For one step. */
export function wrongButton(sessionId: string, step: number) {
  return button('This was wrong', `${WRONG}:${sessionId}:${step}`);
}

/** For one of several steps, as many as Discord lists; null when there are none. */
export function wrongSelect(
  sessionId: string,
  entries: readonly Entry[],
): APIMessageTopLevelComponent | null {
  if (entries.length === 0) return null;
  return select(
    `${WRONG}:${sessionId}`,
    'A step was wrong',
    entries.slice(0, LIMITS.options).map((entry) => ({
      label: plainLine(`${entry.step} ${iconOf(entry)} ${entry.author.name}`, LIMITS.optionLabel),
      value: String(entry.step),
      description: plainLine(entry.message, LIMITS.optionLabel) || '…',
    })),
  );
}

/** Name of the field that the reason is in. */
export const REASON = 'reason';

/** Asks why a step was wrong. */
export function wrongModal(sessionId: string, step: number): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `${WRONG}:${sessionId}:${step}`,
    title: `Step ${step} was wrong`,
    components: [
      {
        type: ComponentType.Label,
        label: 'Why?',
        description: 'It becomes a step of this log, under your name.',
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

/** Reads a custom id, split at its colons and without its first part, and what was selected, if anything. */
export function readFeedback(args: readonly string[], values: readonly string[]): FeedbackPress | undefined {
  const [kind = '', ...rest] = [...args, ...values];
  const [first = '', second = ''] = rest;
  if (kind === 'rating' && /^(?:yes|no)$/.test(first) && SNOWFLAKE.test(second))
    return { kind, sessionId: second, helped: first === 'yes' };
  if (kind === 'wrong' && SNOWFLAKE.test(first) && /^\d{1,9}$/.test(second))
    return { kind, sessionId: first, step: Number(second) };
  return undefined;
}

const SNOWFLAKE = /^\d{1,20}$/;
const RATING = 'feedback:rating';
const WRONG = 'feedback:wrong';

function isRating(component: object): boolean {
  return 'custom_id' in component && String(component.custom_id).startsWith(`${RATING}:`);
}
