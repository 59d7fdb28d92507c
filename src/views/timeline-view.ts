import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { queryLine, workspaceName } from './log-header.ts';
import { container, picture, text } from './parts.ts';
import { shown } from './text.ts';

export interface SessionTimeline {
  workspace: Workspace;
  log: WorkLog;
  /** What the picture shows, in words. */
  alt: string;
  /** Name of the attached picture; null: there is none, so the words are shown. */
  picture: string | null;
}

/** Who did what when in a session. */
export function timelineView({ workspace, log, alt, picture: name }: SessionTimeline): View {
  const title = `${ICONS.log} **${workspaceName(workspace)}** ${queryLine(log, 160)}`;
  return view([
    container(
      ...(name === null
        ? [text(title, shown(alt, 1100), '-# The picture is missing: I may not attach files here.')]
        : [text(title), picture({ name, alt })]),
    ),
  ]);
}
