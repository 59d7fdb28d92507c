import { ComponentType, MessageFlags, TextInputStyle } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { SESSION } from '../domain/closing-card.ts';
import type { ClosingCard } from '../domain/closing-card.ts';
import { openId } from './explain-state.ts';
import { ICONS } from './icons.ts';
import { button, buttons, text } from './parts.ts';

/** What the bot replies to the final message of a session. It pings nobody, not even by a sound. */
function closingCard(): ClosingCard {
  return {
    flags: MessageFlags.IsComponentsV2 | MessageFlags.SuppressNotifications,
    allowed_mentions: { parse: [], replied_user: false },
    components: [
      text(`-# ${ICONS.log} This session is over.`),
      buttons(button('See how I decided', openId(SESSION)), button('Ask follow-up', followUpId(SESSION))),
    ],
  };
}

/** The card, where the configuration wants one; null where nothing is to be posted. */
export function closingCardFor(wish: {
  enabled: boolean;
  silent: boolean;
  showInResponse: boolean;
}): ClosingCard | null {
  return wish.showInResponse && wish.enabled && !wish.silent ? closingCard() : null;
}

/** Name of the field that the question is in. */
export const QUESTION = 'question';

/** Asks what the person wants to know about a session. */
export function followUpModal(sessionId: string): APIModalInteractionResponseCallbackData {
  return {
    custom_id: followUpId(sessionId),
    title: 'Ask about this session',
    components: [
      {
        type: ComponentType.Label,
        label: 'Question',
        description: 'As you would ask a colleague: why did you escalate, what did @researcher find',
        component: {
          type: ComponentType.TextInput,
          custom_id: QUESTION,
          style: TextInputStyle.Paragraph,
          required: true,
          max_length: 2000,
        },
      },
    ],
  };
}

/** The session that a press on a component named `how` is about; undefined when it is none of ours. */
export function readFollowUp([kind, sessionId = '']: readonly string[]): string | undefined {
  return kind === 'ask' && /^\d{1,20}$/.test(sessionId) ? sessionId : undefined;
}

function followUpId(sessionId: string): string {
  return `how:ask:${sessionId}`;
}
