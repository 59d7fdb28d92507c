import { parseDuration } from '../../domain/duration.ts';
import type { EmbedText } from '../observation.ts';
import type { Part } from './dialect.ts';
import { detailsOf, parsedPart, unmarked } from './text.ts';

/**
 * The end of a run with its figures, or what the program says of itself; `title` is without its emoji. A run can be continued, so
 * its end is not the session's. Null for any other embed.
 */
export function readCompletion(title: string, embed: EmbedText): Part | null {
  const fields = new Map(embed.fields.map(({ name, value }) => [name, unmarked(value)]));
  const said = [title, embed.description].filter((text) => text !== null && text !== '').join('\n');
  if (title === 'Shutdown') return parsedPart('warning', said, { details: figuresOf(fields) });
  if (/\b(?:Error|Failed)\b/.test(title)) return parsedPart('error', said, { details: figuresOf(fields) });
  if (title !== 'Claude Code Complete' && !title.startsWith('System: ')) return null;
  const duration = parseDuration(fields.get('Duration') ?? '');
  const stop = fields.get('Stop Reason');
  const message = stop === undefined ? said : `${said} · ${stop}`;
  return parsedPart('info', message, { durationMs: duration ?? undefined, details: figuresOf(fields) });
}

function figuresOf(fields: ReadonlyMap<string, string>): Part['details'] {
  const cost = /^\$(\d+(?:\.\d+)?)$/.exec(fields.get('Cost') ?? '')?.[1];
  return detailsOf({
    session_id: fields.get('Session ID'),
    model: fields.get('Model'),
    cost_usd: cost === undefined ? undefined : Number(cost),
    duration: fields.get('Duration'),
    stop_reason: fields.get('Stop Reason')?.replace(/^[^\p{L}]+/u, ''),
    working_directory: fields.get('Working Directory'),
  });
}
