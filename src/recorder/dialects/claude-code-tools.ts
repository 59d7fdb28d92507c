import { parseDuration } from '../../domain/duration.ts';
import type { EmbedText } from '../observation.ts';
import type { Part } from './dialect.ts';
import { fenceAt } from './lines.ts';
import { detailsOf, jsonOrText, parsedPart, toolPart, unmarked } from './text.ts';

/**
 * A tool that starts, runs or has run; `title` is without its emoji. Null for any other embed. Only the start is a run of a tool: what
 * follows are messages of their own, and a result says neither which call it is of nor whether that failed. Calls run side by side, and
 * one without output has no result, so their order does not tell either.
 */
export function readToolEmbed(title: string, embed: EmbedText): Part | null {
  const description = embed.description ?? '';
  const [, used] = /^Tool Use: (.+)$/.exec(title) ?? [];
  if (used !== undefined) return toolPart(title, { name: used, input: inputOf(embed) });
  const [, running] = /^(.+) running(?:\.{3}|…)$/u.exec(title) ?? [];
  if (running !== undefined) {
    const elapsed = parseDuration(/^Elapsed: (.+)$/.exec(description)?.[1] ?? '');
    return parsedPart('tool', title, {
      category: 'tool',
      details: detailsOf({ running, elapsed_ms: elapsed }),
    });
  }
  const [, moreLines] = /^Tool Result(?: \(\+(\d+) more lines\))?$/.exec(title) ?? [];
  if (title.startsWith('Tool Result')) {
    const details = { result: true, ...(moreLines === undefined ? {} : { cut_lines: Number(moreLines) }) };
    return parsedPart('tool', codeIn(description), { category: 'tool', details });
  }
  if (title === 'Tool Summary') return parsedPart('tool', description, { category: 'tool' });
  return title === 'Todo List Updated' ? parsedPart('info', description, { details: { todo: true } }) : null;
}

/** The arguments as JSON, or as fields for an edit: the file, what goes and what comes. */
function inputOf({ description, fields }: EmbedText): unknown {
  if (description !== null) return jsonOrText(codeIn(description));
  const named = fields.map(({ name, value }) => {
    const key = name
      .replace(/^[^\p{L}]+/u, '')
      .toLowerCase()
      .replaceAll(' ', '_');
    return [key, value.includes('```') ? codeIn(value) : unmarked(value)];
  });
  return named.length > 0 ? Object.fromEntries(named) : null;
}

/** What stands in the first code block of a text; all of the text when it has none. */
export function codeIn(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('```'));
  return at === -1 ? text : fenceAt(lines, at)!.body;
}
