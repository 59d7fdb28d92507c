import { PermissionFlagsBits } from 'discord.js';
import type { Guild } from 'discord.js';
import { DateTime } from 'luxon';
import type { App } from '../app.ts';
import type { Period } from '../domain/coverage.ts';
import { nextReport } from '../domain/report-time.ts';
import type { Workspace } from '../domain/workspace.ts';
import { leadOf } from '../summary-lead.ts';
import type { OutboxSubject } from '../store/store.ts';
import { moreId } from '../views/digest-ids.ts';
import { digestView } from '../views/digest.ts';
import type { Report } from '../views/digest.ts';
import type { View } from '../views/limits.ts';
import { audienceWithin } from './audience.ts';
import { gatherDigest } from './digest.ts';
import type { Gathered } from './digest.ts';
import { postOf } from '../views/escalation-messages.ts';
import type { Composed } from './outbox-delivery.ts';
import { paintTimeline, PICTURE } from './timeline.ts';

/** A report as it is shown: with its picture, where one may be attached. */
export interface ReportMessage {
  view: View;
  files: { name: string; attachment: Buffer; description: string }[];
}

/** When a workspace's report comes, and when the next does (ms UTC; null: never). */
export interface ReportTime {
  /** `off`, `HH:MM` or a cron expression. */
  when: string;
  /** By which clock: an IANA name. */
  timezone: string;
  next: number | null;
}

/** By its own setting, or else by its type. */
export function reportsWhen(
  { settings, type }: Pick<Workspace, 'settings' | 'type'>,
  { summary }: Pick<App['config'], 'summary'>,
): string {
  return settings.summaryAt ?? summary.at[type];
}

/** The same, with the next that comes by the clock of its server. */
export async function reportTimeOf(
  { config, store, timezones, now }: App,
  workspace: Workspace,
): Promise<ReportTime> {
  const when = reportsWhen(workspace, config);
  const timezone = timezones.of(workspace.guildId);
  if (when === 'off') return { when, timezone, next: null };
  const latest = await store.reports.latest(workspace.id);
  return { when, timezone, next: nextReport(when, timezone, now(), latest?.to ?? null) };
}

interface Wanted {
  period: Period;
  title: string | null;
  late: Report['late'];
  /** Why it is told where it is; null where one would look for it. */
  note?: string | null;
  /** All of it, without a button for the rest. */
  whole: boolean;
  withPicture: boolean;
  withLead: boolean;
}

/** What happened in a workspace in a time, with its picture. */
export async function reportOf(app: App, workspace: Workspace, wanted: Wanted): Promise<ReportMessage> {
  const { period, title, late, note = null, whole } = wanted;
  const gathered = await gatherDigest(app, workspace, period);
  const picture = wanted.withPicture ? await pictureOf(app, workspace, gathered) : null;
  const view = digestView({
    workspace,
    digest: gathered.digest,
    title,
    lead: wanted.withLead ? await leadOf(app, gathered.digest) : null,
    picture: picture && { name: PICTURE, alt: picture.alt },
    late,
    note,
    now: app.now(),
    more: whole ? null : moreId(workspace.id, period),
  });
  const files = picture ? [{ name: PICTURE, attachment: picture.png, description: picture.alt }] : [];
  return { view, files };
}

/** Without a step there is nothing to draw; a picture that cannot be painted is left out. */
async function pictureOf(app: App, workspace: Workspace, { digest, timeline }: Gathered) {
  if (digest.steps === 0) return null;
  const { png, alt } = await paintTimeline(app, timeline, workspace);
  return png && { png, alt };
}

/** The report of a day as a message; null when its channel is gone, or it is no workspace any more. */
export async function composeReport(
  app: App,
  { workspaceId, to }: Extract<OutboxSubject, { kind: 'report' }>,
): Promise<Composed | null> {
  const workspace = app.workspaces.byId(workspaceId);
  const report = await app.store.reports.get(workspaceId, to);
  if (!workspace || !report || workspace.unmappedAt !== null) return null;
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const { channelId, note } = await placeOf(guild, workspace);
  const { view, files } = await reportOf(app, workspace, {
    period: report,
    title: isMorning(to, app.timezones.of(workspace.guildId)) ? 'last night' : null,
    late: report.late ? lateness(app, workspace, to) : null,
    note,
    whole: false,
    withPicture: mayAttach(guild, channelId),
    withLead: true,
  });
  return { channelId, body: postOf(view, null), files };
}

/** Why it comes later than it should have: the clock that says when is newer than that, or else the bot was away. */
function lateness({ timezones }: App, { guildId }: Workspace, due: number): Report['late'] {
  const set = timezones.setFor(guildId);
  return { due, because: set !== undefined && set.at > due ? 'clock' : 'away' };
}

/** In the channel that is set for it, as long as all who see that may see the workspace; else in the workspace's own. */
async function placeOf(
  guild: Guild,
  { channelId, settings }: Workspace,
): Promise<{ channelId: string; note: string | null }> {
  const wanted = settings.summaryChannelId;
  if (wanted === undefined || wanted === channelId) return { channelId, note: null };
  if (await audienceWithin(guild, wanted, channelId)) return { channelId: wanted, note: null };
  return {
    channelId,
    note: `Told here because some who see <#${wanted}> may not see this channel, or it is gone.`,
  };
}

function mayAttach(guild: Guild, channelId: string): boolean {
  const { me } = guild.members;
  const channel = guild.channels.cache.get(channelId);
  return me !== null && channel?.permissionsFor(me).has(PermissionFlagsBits.AttachFiles) === true;
}

const NOON = 12;

function isMorning(at: number, zone: string): boolean {
  return DateTime.fromMillis(at, { zone }).hour < NOON;
}
