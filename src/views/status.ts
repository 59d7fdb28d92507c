import type { FeedbackCounts } from '../domain/feedback.ts';
import type { Workspace } from '../domain/workspace.ts';
import { completenessLines } from './coverage.ts';
import type { Completeness } from './coverage.ts';
import { healthLines, jobsLine } from './health.ts';
import type { Health } from './health.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { container, rule, text } from './parts.ts';
import { bytes, count, percent } from './text.ts';
import { timezoneLine } from './timezone.ts';
import { skippedLines } from './workspace.ts';
import type { SkippedChannel } from './workspace.ts';

/** People who may read some log here, and how many of them have ever asked for one. */
export interface Adoption {
  asked: number;
  could: number;
}

export interface Status {
  /** Those that are recorded and that the asker may read. */
  recorded: readonly Workspace[];
  /** Those that should be recorded and are not, as far as the asker may know of them. */
  skipped: readonly SkippedChannel[];
  /** Of the server, an IANA name. */
  timezone: string;
  health: Health;
  completeness: Completeness;
  /** Null when it could not be found out. */
  adoption: Adoption | null;
  feedback: FeedbackCounts;
  /** What bots have learned; `enabled`: they get it from one another. */
  exchange: ExchangeCounts & { enabled: boolean };
  /** Bytes of the database. */
  size: number;
  /** False: the configuration has switched all recording off. */
  enabled: boolean;
  /** True: nothing is posted unless somebody asks for it. */
  silent: boolean;
  /** True: the log ends with the bot. */
  inMemory: boolean;
  now: number;
}

/** How many insights stand how. */
type ExchangeCounts = Record<'pending' | 'flagged' | 'approved' | 'shared' | 'revoked', number>;

/** So many workspaces are named. */
const NAMED_MAX = 18;

/** How recording stands, and whether the logs are of use to people. */
export function statusView(status: Status): View {
  const { skipped, size, inMemory } = status;
  return view([
    container(
      text(`${ICONS.log} **Work Logs**`, recordedLine(status), ...modeLines(status)),
      ...(skipped.length > 0 ? [text(...skippedLines(skipped))] : []),
      text(...completenessLines(status.completeness, status.now)),
      text(...healthLines(status.health, status.now), timezoneLine(status.timezone, status.now)),
      rule(),
      text(...useLines(status)),
      text(jobsLine(status.health.jobs)),
      text(`-# Of the workspaces that you may read · ${inMemory ? 'in memory' : 'database'} ${bytes(size)}`),
    ),
  ]);
}

function recordedLine({ recorded, enabled }: Status): string {
  if (!enabled) return '⚠ Nothing is recorded: `work_logs.enabled` is false in the config file.';
  if (recorded.length === 0) return 'No channel that you may read the log of is recorded.';
  const more = recorded.length > NAMED_MAX ? ` and ${recorded.length - NAMED_MAX} more` : '';
  const names = recorded.slice(0, NAMED_MAX).map(workspaceName).join(', ');
  return `${ICONS.active} ${count(recorded.length, 'workspace')} recorded: ${names}${more}`;
}

/** What the configuration has chosen that people would not expect. */
function modeLines({ silent, inMemory }: Status): string[] {
  return [
    ...(silent
      ? ['⚠ I post nothing unless somebody asks: `work_logs.silent` is true in the config file.']
      : []),
    ...(inMemory ? ['⚠ The log is in memory alone: it ends when I am stopped.'] : []),
  ];
}

function useLines({ adoption, feedback, exchange }: Status): string[] {
  const { helped, notHelped, mistakes } = feedback;
  const said = helped + notHelped;
  return [
    `**Asked:** ${adoption === null ? 'not known at the moment' : adoptionText(adoption)}`,
    said === 0
      ? '**Helped:** nobody has said yet'
      : `**Helped:** ${helped} yes, ${notHelped} no (${percent(helped / said)})`,
    `**Caught:** ${count(mistakes, 'step')} that people said ${mistakes === 1 ? 'was' : 'were'} wrong`,
    `**Learned:** ${exchangeText(exchange)}`,
  ];
}

function adoptionText({ asked, could }: Adoption): string {
  if (could === 0) return 'nobody could yet';
  return `${asked} of ${could} people known to me who may (${percent(asked / could)})`;
}

function exchangeText({ enabled, pending, flagged, approved, shared, revoked }: Status['exchange']): string {
  const parts = [
    pending > 0 ? `${count(pending, 'insight')} ${pending === 1 ? 'waits' : 'wait'} for approval` : '',
    flagged > 0 ? `${flagged} doubtful` : '',
    approved > 0 ? `${approved} to be shared with the next exchange` : '',
    shared > 0 ? `${shared} shared` : '',
    revoked > 0 ? `${revoked} taken back` : '',
    enabled ? '' : 'the exchange is switched off',
  ].filter(Boolean);
  if (parts.length === 0) return 'nothing yet that bots could tell one another';
  return `${parts.join(' · ')}${pending + flagged > 0 ? ': `/insights review`' : ''}`;
}
