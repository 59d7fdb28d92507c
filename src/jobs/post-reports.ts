import type { App } from '../app.ts';
import { gatherDigest } from '../discord/digest.ts';
import { reportTimeOf } from '../discord/report.ts';
import { latestDue } from '../domain/report-time.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { DayReport } from '../store/store.ts';
import type { Job } from './job.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A report that comes later than this says so. */
const LATE = 5 * MINUTE;
/** After a longer time without reports, what happened first is left to /summary. */
const SPAN_MAX = 7 * DAY;

/** Queues the report of each workspace whose time has come: one for a day, also when that time passed while the bot was away. */
export const postReports: Job = {
  name: 'post-reports',
  schedule: '* * * * *',
  async run(app, now) {
    for (const workspace of reported(app)) {
      const report = await dueReport(app, workspace, now);
      if (!report) continue;
      const { digest } = await gatherDigest(app, workspace, report);
      const isPosted = !digest.quiet || app.config.summary.quiet === 'line';
      await app.store.reports.note(report, isPosted, now);
    }
  },
};

function reported({ client, workspaces, config }: App): Workspace[] {
  if (!config.workLogs.enabled || config.workLogs.silent) return [];
  const guilds = [...client.guilds.cache.keys()];
  return guilds.flatMap((id) => workspaces.ofGuild(id)).filter(({ unmappedAt }) => unmappedAt === null);
}

/** The report that is due and not noted yet. What was due before the channel was mapped never was. */
async function dueReport(app: App, workspace: Workspace, now: number): Promise<DayReport | null> {
  const { config, store } = app;
  const { when } = reportTimeOf(workspace, config, now);
  const due = when === 'off' ? null : latestDue(when, config.timezone, now);
  if (!due || due.at < workspace.mappedAt) return null;
  const latest = await store.reports.latest(workspace.id);
  if (latest && (latest.day >= due.day || latest.to >= due.at)) return null;
  const from = Math.max(latest?.to ?? due.at - DAY, due.at - SPAN_MAX);
  return { workspaceId: workspace.id, day: due.day, from, to: due.at, late: now - due.at > LATE };
}
