import { isBot } from '../../domain/author.ts';
import type { Author } from '../../domain/author.ts';
import type { ToolRun } from '../../domain/entry.ts';
import { parseJson } from '../../domain/json.ts';
import { readableContent } from '../mentions.ts';
import type { EmbedText, Observation } from '../observation.ts';
import type { Part } from './dialect.ts';

/** All that the message says, from top to bottom, with ids as they are: content, embeds, components, names of files. */
export function textOf(observation: Observation): string {
  const { content, embeds, componentTexts, attachments } = observation;
  if (embeds.length === 0 && componentTexts.length === 0 && attachments.length === 0) return content;
  return [content, ...embeds.map(embedText), ...componentTexts, ...attachments.map(fileText)]
    .filter((text) => text !== '')
    .join('\n');
}

export function embedText(embed: EmbedText): string {
  const fields = embed.fields.map(({ name, value }) => `${name}: ${value}`);
  return [embed.title, embed.description, ...fields, embed.footer]
    .filter((text) => text !== null && text !== '')
    .join('\n');
}

function fileText(name: string): string {
  return `[file: ${name}]`;
}

/** What is said in no known format: nothing is claimed of it, but that a bot needs a person when it says so in the usual words. */
export function plainPart(message: string, author: Author): Part {
  const escalation = isBot(author) && ESCALATION.test(message);
  return escalation
    ? { level: 'coordination', category: 'escalation', message, origin: 'inferred', escalation }
    : { level: 'info', category: 'general', message, origin: 'inferred' };
}

/** How agents announce in chat that they need a person. */
const ESCALATION = /^🚨\s*escalation\b/iu;

/** A tool run as one line of a known format tells it. What it does not tell is null or `unknown`. */
export function toolPart(
  message: string,
  run: Partial<ToolRun> & { name: string },
  extra: Partial<Part> = {},
): Part {
  return {
    level: 'tool',
    category: 'tool',
    message,
    origin: 'parsed',
    tool: { input: null, output: null, status: 'unknown', error: null, ...run },
    ...extra,
  };
}

/** Something else that a known format says. */
export function parsedPart(level: Part['level'], message: string, extra: Partial<Part> = {}): Part {
  return { level, category: 'general', message, origin: 'parsed', ...extra };
}

/** The name behind `<@123>`, or the text as it is when it is no mention or nobody knows whom it means. */
export function nameIn(text: string, observation: Observation): string {
  return readableContent(text.trim(), observation.mentions).replace(/^@/, '');
}

/** Without Discord's marks for code and emphasis around it. */
export function unmarked(text: string): string {
  let inner = text.trim();
  for (const mark of ['***', '**', '__', '*', '_', '`']) {
    const isWrapped = inner.length > 2 * mark.length && inner.startsWith(mark) && inner.endsWith(mark);
    if (isWrapped) inner = inner.slice(mark.length, -mark.length);
  }
  return inner.replace(/\\([*_~|`\\])/g, '$1');
}

/** What is given of `fields`, as details of a part; undefined when nothing is. */
export function detailsOf(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Far above what a Discord message holds. */
const JSON_LIMITS = { length: 64 * 1024, depth: 32 };

/** JSON as its value; any other text as it is. */
export function jsonOrText(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return trimmed;
  const parsed = parseJson(trimmed, JSON_LIMITS);
  return 'value' in parsed ? parsed.value : trimmed;
}
