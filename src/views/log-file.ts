import type { Entry } from '../domain/entry.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { asText } from './entry-block.ts';
import { iconOf, ICONS } from './icons.ts';
import { queryLine } from './log-header.ts';
import { clean, count, duration, percent } from './text.ts';

/** Most bytes of a file. Discord takes 10 MiB from a bot in a server without boosts. */
export const FILE_MAX = 8 * 1024 * 1024;

/** A message that carries a file. */
export interface FileView {
  content: string;
  allowedMentions: { parse: [] };
  files: { name: string; attachment: Buffer }[];
}

/**
 * A session as a plain text file, everything that is known of each step. What does not fit is left out at the end, and the
 * message says so. `entries` are its steps in order; fewer than `total` when reading stopped because they would not all fit.
 */
export function logFileView(
  workspace: Workspace,
  log: WorkLog,
  entries: readonly Entry[],
  total: number,
): FileView {
  const parts = [fileHeader(workspace, log)];
  let size = Buffer.byteLength(parts[0]!);
  for (const entry of entries) {
    const part = fileEntry(entry);
    size += Buffer.byteLength(part);
    if (size > FILE_MAX) break;
    parts.push(part);
  }
  const left = total - (parts.length - 1);
  const fits = left === 0 ? '' : ` The file is full; left out: the last ${count(left, 'step')}.`;
  return {
    content: `${ICONS.log} ${queryLine(log, 200)} · ${count(total - left, 'step')}.${fits}`,
    allowedMentions: { parse: [] },
    files: [{ name: `work-log-${log.sessionId}.txt`, attachment: Buffer.from(parts.join('')) }],
  };
}

function fileHeader(workspace: Workspace, log: WorkLog): string {
  const end =
    log.endedAt === null ? 'active' : `ended ${instant(log.endedAt)} (${log.endReason ?? 'no reason'})`;
  return [
    `#${clean(workspace.name)} · ${workspace.type}${log.coordinator === null ? '' : ` · ${clean(log.coordinator)} coordinates`}`,
    clean(log.query),
    `session ${log.sessionId}, started ${instant(log.startedAt)}, ${end}, ${count(log.counts.steps, 'step')}`,
    '',
  ].join('\n');
}

function fileEntry(entry: Entry): string {
  const { tool, details } = entry;
  const rows: [string, unknown][] = [
    [`${tool?.name ?? ''} (${tool?.status ?? ''}), input`, tool?.input],
    ['output', tool?.output],
    ['error', tool?.error],
    ['details', details],
  ];
  const data = rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => `${label}:\n${indented(asText(value))}`);
  return ['', headOf(entry), indented(entry.message), ...data, ''].join('\n');
}

function headOf(entry: Entry): string {
  const to = entry.handoffTo.length > 0 ? ` → ${entry.handoffTo.join(', ')}` : '';
  return [
    `${entry.step} ${iconOf(entry)} ${clean(entry.author.name)}${clean(to)}`,
    instant(entry.at),
    `${entry.level}/${clean(entry.category)}`,
    entry.responseTo === null ? '' : `answers step ${entry.responseTo}`,
    entry.confidence === null ? '' : percent(entry.confidence),
    entry.durationMs === null ? '' : duration(entry.durationMs),
    `${entry.origin}, triggered by ${clean(entry.triggeredBy)}`,
    entry.mentions.length > 0 ? `mentions ${clean(entry.mentions.join(' '))}` : '',
    `message ${entry.messageId}`,
    `author ${clean(entry.author.key)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function indented(text: string): string {
  return clean(text)
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
