import { ComponentType, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { INSIGHT_MAX } from '../domain/insight.ts';
import type { Insight } from '../domain/insight.ts';
import { insightId } from './insight-ids.ts';
import type { InsightOrigin } from './insight-ids.ts';
import { LIMITS } from './limits.ts';
import { clean, plainLine } from './text.ts';

/** Names of the fields of the forms. */
export const CONTENT = 'content';
export const CATEGORY = 'category';
export const REVOKE_REASON = 'reason';

/** Longest reason, in characters. */
export const REVOKE_REASON_MAX = 300;

/** Asks how an insight is to be said. */
export function editForm(insight: Insight, from: InsightOrigin): APIModalInteractionResponseCallbackData {
  return {
    custom_id: insightId('edit', insight, from),
    title: 'Edit and approve',
    components: [contentField('What others get', insight.content)],
  };
}

/** Asks why an insight is taken back. */
export function revokeForm(insight: Insight, from: InsightOrigin): APIModalInteractionResponseCallbackData {
  return {
    custom_id: insightId('revoke', insight, from),
    title: `Take back insight #${insight.id}`,
    components: [
      {
        type: ComponentType.Label,
        label: 'Why?',
        description: 'The bots that have it are told so.',
        component: {
          type: ComponentType.TextInput,
          custom_id: REVOKE_REASON,
          style: TextInputStyle.Short,
          required: false,
          max_length: REVOKE_REASON_MAX,
        },
      },
    ],
  };
}

/** Asks what others should learn from a message. */
export function shareForm(
  messageId: string,
  said: string,
  categories: readonly string[],
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `share:${messageId}`,
    title: 'Share as insight',
    components: [
      contentField('What should other bots know?', said),
      {
        type: ComponentType.Label,
        label: 'What kind of insight is it?',
        component: {
          type: ComponentType.StringSelect,
          custom_id: CATEGORY,
          required: true,
          options: categories.slice(0, LIMITS.options).map((category, index) => ({
            label: plainLine(category, LIMITS.optionLabel) || '…',
            value: plainLine(category, LIMITS.optionLabel),
            default: index === 0,
          })),
        },
      },
    ],
  };
}

function contentField(label: string, value: string) {
  const known = clean(value).slice(0, INSIGHT_MAX).toWellFormed();
  return {
    type: ComponentType.Label,
    label,
    description: 'An owner of this workspace approves it before anybody gets it.',
    component: {
      type: ComponentType.TextInput,
      custom_id: CONTENT,
      style: TextInputStyle.Paragraph,
      required: true,
      max_length: INSIGHT_MAX,
      ...(known.trim() !== '' && { value: known }),
    },
  } as const;
}
