import type { Insight } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { ICONS } from './icons.ts';
import { insightsId, rejectAllId } from './insight-ids.ts';
import type { ReviewState } from './insight-ids.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { button, buttons, text } from './parts.ts';
import { count, plainLine, shownName } from './text.ts';

/** All that wait of one bot in one workspace. */
export interface Flood {
  /** One of them. */
  insight: Insight;
  workspace: Workspace;
  count: number;
  /** The number of the latest. */
  newest: number;
}

/** Nobody looks through thousands one by one: the button that asks whether to reject them together. */
export function floodButton({ insight, count: many }: Pick<Flood, 'insight' | 'count'>, state: ReviewState) {
  const label = plainLine(`Reject all ${many} of ${insight.by.name}…`, 80);
  return buttons(button(label, rejectAllId(insight.id, null, state)));
}

/** Asks whether all of these are to be rejected; what comes meanwhile is not among them. */
export function floodQuestion(flood: Flood, state: ReviewState): View {
  const { insight, workspace, count: many, newest } = flood;
  const what = `${count(many, 'insight')} of **${shownName(insight.by.name, 40)}** that ${many === 1 ? 'waits' : 'wait'}`;
  return view([
    text(
      `${ICONS.warning} Reject the ${what} in ${workspaceName(workspace)}?`,
      'No bot gets them, and nobody is asked again when the same is learned there.',
    ),
    buttons(
      button(`Reject all ${many}`, rejectAllId(insight.id, newest, state)),
      button('Back', insightsId(state)),
    ),
  ]);
}
