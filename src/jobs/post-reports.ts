import type { App } from '../app.ts';
import { gatherDigest } from '../discord/digest.ts';
import { reportsWhen } from '../discord/report.ts';
import { latestDue } from '../domain/report-time.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { DayReport } from '../store/store.ts';
import type { Job } from './job.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A report that comes later than this says so. */
const LATE = 5 * MINUTE;
/** So long after it connected a report waits for what was said while the bot was away. */
const PATIENCE = 30 * MINUTE;
/** After a longer time without reports, what happened first is left to /summary. */
const SPAN_MAX = 7 * DAY;

/** Queues the report of each workspace whose time has come: one for a day, also when that time passed while the bot was away. */
export const postReports: Job = {
  name: 'post-reports',
  schedule: '* * * * *',
  async run(app, now) {
    for (const workspace of reported(app)) {
      const due = await dueReport(app, workspace, now);
      if (!due) continue;
      const { report, dayFrom } = due;
      const { digest } = await gatherDigest(app, workspace, report);
      const isPosted = !digest.quiet || app.config.summary.quiet === 'line';
      await app.store.reports.note(report, { dayFrom, isPosted }, now);
    }
  },
};

function reported({ client, workspaces, config }: App): Workspace[] {
  if (!config.workLogs.enabled || config.workLogs.silent) return [];
  const guilds = [...client.guilds.cache.keys()];
  return guilds.flatMap((id) => workspaces.ofGuild(id)).filter(({ unmappedAt }) => unmappedAt === null);
}

interface Due {
  report: DayReport;
  /** When its day began, ms UTC. */
  dayFrom: number;
}

/**
 * The report that is due by the clock of its server and not noted yet. What was due before the channel was mapped never was; a day in
 * which one was posted by another clock has had its report.
 */
async function dueReport(app: App, workspace: Workspace, now: number): Promise<Due | null> {
  const { config, store, timezones } = app;
  const when = reportsWhen(workspace, config);
  const due = when === 'off' ? null : latestDue(when, timezones.of(workspace.guildId), now);
  if (!due || due.at < workspace.mappedAt) return null;
  const latest = await store.reports.latest(workspace.id);
  if (latest && latest.to >= due.dayFrom) return null;
  if (isBehind(app, due.at, now)) return null;
  const from = Math.max(latest?.to ?? due.at - DAY, due.at - SPAN_MAX);
  const report = { workspaceId: workspace.id, from, to: due.at, late: now - due.at > LATE };
  return { report, dayFrom: due.dayFrom };
}

/** What happened until then is still being read. A place that cannot be read for long holds up no report: that tells of the gap. */
function isBehind({ knownUntil, pulse }: App, dueAt: number, now: number): boolean {
  const { connectedAt } = pulse();
  return knownUntil() < dueAt && (connectedAt === null || now - connectedAt < PATIENCE);
}
