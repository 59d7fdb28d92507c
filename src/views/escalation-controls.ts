import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIButtonComponent, APIMessageTopLevelComponent } from 'discord.js';
import { WAITING } from '../domain/escalation.ts';
import type { Escalation, EscalationState } from '../domain/escalation.ts';
import type { Snooze } from '../domain/snooze.ts';
import { escalationId, optionToken } from './escalation-ids.ts';
import type { Origin } from './escalation-ids.ts';
import { openId } from './explain-state.ts';
import { LIMITS } from './limits.ts';
import { button, buttons, select } from './parts.ts';
import { plainLine } from './text.ts';

/** More options than two rows of buttons have room for become a menu. */
const BUTTONS_MAX = 10;
const ROW = 5;

/** All that can be done with an escalation: what decides it while it waits, and the ways to what it is about. */
export function escalationControls(
  escalation: Escalation,
  messageUrl: string | null,
): APIMessageTopLevelComponent[] {
  const waits = WAITING.includes(escalation.state);
  const acting = waits ? [...optionRows(escalation, 'card'), otherWays(escalation), snooze(escalation)] : [];
  return [...acting, links(escalation, messageUrl)];
}

/** The options as buttons, or as a menu where they are too many or too long for buttons. */
export function optionRows(
  { id, options, default: usual }: Pick<Escalation, 'id' | 'options' | 'default'>,
  from: Origin,
  buttonsMax = BUTTONS_MAX,
): APIMessageTopLevelComponent[] {
  const listed = options.slice(0, LIMITS.options).map((option, index) => ({
    option,
    token: optionToken(option, index),
    isDefault: option === usual,
  }));
  if (listed.length === 0) return [];
  if (!fitButtons(options, buttonsMax)) {
    const choices = listed.map(({ option, token, isDefault }) => ({
      label: plainLine(option, LIMITS.optionLabel) || '…',
      value: token,
      ...(isDefault && { description: 'Default' }),
    }));
    return [select(escalationId('decide', id, from), 'Decide', choices)];
  }
  const all = listed.map(({ option, token, isDefault }) =>
    button(plainLine(option, LIMITS.buttonLabel) || '…', escalationId('decide', id, from, token), {
      current: isDefault,
    }),
  );
  const rows = [];
  for (let first = 0; first < all.length; first += ROW) rows.push(buttons(...all.slice(first, first + ROW)));
  return rows;
}

/** Whether each option can be read on a button. */
export function fitButtons(options: readonly string[], most = BUTTONS_MAX): boolean {
  return (
    options.length <= most && options.every((option) => plainLine(option, 1000).length <= LIMITS.buttonLabel)
  );
}

function otherWays({ id, kind, options, state }: Escalation): APIMessageTopLevelComponent {
  const hasOptions = options.length > 0;
  const isPlea = kind === 'mention' || kind === 'person';
  return buttons(
    button(hasOptions ? 'Something else…' : 'Answer…', escalationId('words', id, 'card')),
    ...(hasOptions ? [button('With a note…', escalationId('note', id, 'card'))] : []),
    ...(state === 'acknowledged' ? [] : [button('Acknowledge', escalationId('acknowledge', id, 'card'))]),
    ...(isPlea ? [button('No answer needed', escalationId('dismiss', id, 'card'))] : []),
  );
}

/** What is over can be asked anew; a decision that is on its way cannot be taken back. */
const REOPENABLE: ReadonlySet<EscalationState> = new Set(['resolved', 'expired', 'cancelled']);

const SNOOZE_LABELS: Record<Snooze, string> = {
  '15m': '15 minutes',
  '1h': '1 hour',
  '4h': '4 hours',
  tomorrow: 'Tomorrow, 08:00',
};

function snooze({ id }: Pick<Escalation, 'id'>): APIMessageTopLevelComponent {
  const choices = Object.entries(SNOOZE_LABELS).map(([value, label]) => ({ value, label }));
  return select(escalationId('snooze', id, 'card'), 'Snooze', choices);
}

function links(
  { id, kind, sessionId, step, state, reason }: Escalation,
  messageUrl: string | null,
): APIMessageTopLevelComponent {
  const canReopen = REOPENABLE.has(state) && reason !== '';
  const label = kind === 'approval' || kind === 'turn_limit' ? 'To its own buttons' : 'Open the message';
  return {
    type: ComponentType.ActionRow,
    components: [
      ...(messageUrl === null ? [] : [linkButton(label, messageUrl)]),
      button('See the log', openId(sessionId, step - 1)),
      ...(canReopen ? [button('Ask again', escalationId('reopen', id, 'card'))] : []),
    ],
  };
}

export function linkButton(label: string, url: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}
