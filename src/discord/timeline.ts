import { PermissionFlagsBits } from 'discord.js';
import type { App } from '../app.ts';
import { quietSpans } from '../domain/escalation-times.ts';
import type { Timeline } from '../domain/timeline.ts';
import type { Workspace } from '../domain/workspace.ts';
import { timelineView } from '../views/timeline-view.ts';
import { timelineChart } from '../views/timeline.ts';
import { digestOfSession } from './digest.ts';
import type { Readable } from './reader.ts';
import type { Answer, Answerable } from './respond.ts';

export const PICTURE = 'timeline.png';

/** A timeline as a picture, and in words for those who do not see it. */
export interface Picture {
  /** Null: it could not be painted. */
  png: Buffer | null;
  alt: string;
}

/** Paints a timeline in the thread that does so, by the clock of its server, with the hours shaded in which nobody is to be woken. */
export async function paintTimeline(
  { config, timezones, painter, log }: Pick<App, 'config' | 'timezones' | 'painter' | 'log'>,
  timeline: Timeline,
  { guildId, name }: Pick<Workspace, 'guildId' | 'name'>,
): Promise<Picture> {
  const timezone = timezones.of(guildId);
  const title = `#${name}`;
  const quiet = quietSpans(timeline, { ...config.escalations, timezone });
  const chart = timelineChart({ ...timeline, quiet }, { timezone, title });
  try {
    return { png: await painter.paint(chart), alt: chart.alt };
  } catch (err) {
    log.warn({ err, title }, 'A timeline could not be painted.');
    return { png: null, alt: chart.alt };
  }
}

/** The timeline of one session; in words where no file may be attached. */
export async function sessionTimeline(
  app: App,
  { workspace, log }: Readable,
  isAttachable: boolean,
): Promise<Answer> {
  const { timeline } = await digestOfSession(app, log);
  const { png, alt } = await paintTimeline(app, timeline, workspace);
  const isShown = png !== null && isAttachable;
  const view = timelineView({ workspace, log, alt, picture: isShown ? PICTURE : null });
  return { ...view, files: isShown ? [{ name: PICTURE, attachment: png, description: alt }] : [] };
}

/** Whether the answer to an interaction may carry a file. */
export function mayAnswerWithFile({ appPermissions }: Pick<Answerable, 'appPermissions'>): boolean {
  return appPermissions.has(PermissionFlagsBits.AttachFiles);
}
