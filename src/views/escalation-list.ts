import type { APIMessageTopLevelComponent } from 'discord.js';
import { WAITING } from '../domain/escalation.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Workspace } from '../domain/workspace.ts';
import { fitButtons, optionRows } from './escalation-controls.ts';
import { escalationId, listId } from './escalation-ids.ts';
import type { ListState } from './escalation-ids.ts';
import { stateLine, titleOf } from './escalation-words.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { button, buttons, pager, text } from './parts.ts';
import { count, shown, timestamp } from './text.ts';

export interface ListedEscalation {
  escalation: Escalation;
  workspace: Workspace;
  /** Whether the asker may decide it. */
  decides: boolean;
}

export interface EscalationList {
  state: ListState;
  /** All of them, oldest first. */
  all: readonly ListedEscalation[];
  /** There are more than those. */
  more: boolean;
  /** What was done by the press that led here, in a line. */
  done: string | null;
}

/** On one page: Discord's 40 components hold no more with their buttons. */
export const ESCALATIONS_PER_PAGE = 5;
/** Options that are offered in the list itself; a card has room for all. */
const BUTTONS_MAX = 3;

/** What waits for a person, oldest first, to be decided right there. A page beyond the end is the last one. */
export function escalationList({ state, all, more, done }: EscalationList): View {
  const pages = Math.max(1, Math.ceil(all.length / ESCALATIONS_PER_PAGE));
  const page = Math.min(state.page, pages - 1);
  const here = { ...state, page };
  const first = page * ESCALATIONS_PER_PAGE;
  const listed = all.slice(first, first + ESCALATIONS_PER_PAGE);
  const turns = pager({
    name: 'escalation',
    label: `${first + 1}–${first + listed.length} of ${all.length}${more ? '+' : ''}`,
    previous: page > 0 ? listId({ ...here, page: page - 1 }) : null,
    next: page < pages - 1 ? listId({ ...here, page: page + 1 }) : null,
  });
  return view([
    text(done, titleLine(here, all.length, more)),
    ...listed.flatMap((one, index) => rowsOf(one, first + index + 1, here)),
    ...(pages > 1 ? [turns] : []),
  ]);
}

function titleLine({ mine }: ListState, total: number, more: boolean): string {
  if (total === 0) return `${ICONS.ended} **Nothing waits ${mine ? 'for you' : 'for a decision'}.**`;
  const many = more
    ? `More than ${total} decisions wait`
    : `${count(total, 'decision')} ${total === 1 ? 'waits' : 'wait'}`;
  return `${ICONS.escalation} **${many}${mine ? ' for you' : ''}**, oldest first`;
}

function rowsOf(
  { escalation, workspace, decides }: ListedEscalation,
  number: number,
  list: ListState,
): APIMessageTopLevelComponent[] {
  const { raisedAt, reason, state } = escalation;
  const standing = state === 'open' ? null : stateLine(escalation, []);
  const lines = text(
    `**${number}** ${titleOf(escalation)} · ${workspaceName(workspace)} · ${timestamp(raisedAt, 'R')}`,
    `> ${shown(reason, 200) || '*deleted*'}`,
    standing === null ? null : `-# ${standing}`,
  );
  return decides && WAITING.includes(state) ? [lines, buttonsOf(escalation, list)] : [lines];
}

function buttonsOf(escalation: Escalation, list: ListState): APIMessageTopLevelComponent {
  const { id, options } = escalation;
  const [row] = fitButtons(options, BUTTONS_MAX) ? optionRows(escalation, list) : [];
  const quick = row && 'components' in row ? (row.components as ReturnType<typeof button>[]) : [];
  const rest = quick.length > 0 ? 'More…' : options.length > 0 ? 'Decide…' : 'Answer…';
  return buttons(...quick, button(rest, escalationId('open', id, list)));
}
