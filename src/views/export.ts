import { ARTIFACT_SCHEMA } from '../domain/artifact.ts';
import type { WorkLog } from '../domain/work-log.ts';
import { ICONS } from './icons.ts';
import type { FileView } from './log-file.ts';
import { queryLine } from './log-header.ts';
import { count } from './text.ts';

/** `json`: the session as an artifact for the next agent. `ndjson`: every step with all that is known of it, one per line. */
export const EXPORT_FORMATS = ['json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Most bytes of a file. Discord takes 10 MiB in any server (https://discord.com/developers/docs/reference#uploading-files). */
export const EXPORT_MAX = 10 * 1024 * 1024;

export interface Exported {
  format: ExportFormat;
  log: WorkLog;
  /** The file's content, at most {@link EXPORT_MAX} bytes of UTF-8. */
  body: string;
  /** How many tool runs (`json`) or steps (`ndjson`) are in it. */
  held: number;
  /** How many there was no room for. */
  left: number;
}

/** The file, and what is in it. What did not fit is said. */
export function exportView({ format, log, body, held, left }: Exported): FileView {
  const one = format === 'json' ? 'tool run' : 'step';
  const what =
    format === 'json'
      ? `${count(held, one)} as an artifact (${ARTIFACT_SCHEMA})`
      : `${count(held, one)}, one per line`;
  return {
    content: `${ICONS.log} ${queryLine(log, 200)} · ${what}.${left > 0 ? fullText(format, count(left, one)) : ''}`,
    allowedMentions: { parse: [] },
    files: [{ name: `work-log-${log.sessionId}.${format}`, attachment: Buffer.from(body) }],
  };
}

function fullText(format: ExportFormat, missing: string): string {
  const still = format === 'json' ? ' The summary in it counts them.' : '';
  return `\nThe file is full: Discord takes 10 MiB. Left out: the last ${missing}.${still}`;
}
