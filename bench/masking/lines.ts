import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A text of which is known what in it is secret. */
export interface Line {
  id: string;
  text: string;
  /** Parts of the text that must not survive. */
  secret: string[];
  kind: 'secret' | 'pii';
  /**
   * `positive` holds secrets; `natural` is what people and programs write, without any; `fake` holds what another detector takes for
   * a fake key, so that hiding it does no harm.
   */
  sort: 'positive' | 'natural' | 'fake';
}

/** The file is not what this program reads. The message names the file and the line. */
export class InputError extends Error {
  override name = 'InputError';
}

const line = z.object({
  id: z.string(),
  text: z.string(),
  secret: z.array(z.string()),
  kind: z.enum(['secret', 'pii']),
  positive: z.boolean(),
  rule: z.string(),
  trap: z.string().optional(),
});

/**
 * Reads texts, one JSON object per line; blank lines are passed over.
 * @throws InputError for a file that cannot be read, a line of another form, or a file without any
 */
export function readLines(file: string): Line[] {
  const lines = readText(file)
    .split(/\r?\n/)
    .flatMap((text, index) => (text.trim() === '' ? [] : [parse(text, `${file}:${index + 1}`)]));
  if (lines.length === 0) throw new InputError(`${file}: holds no line`);
  return lines;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}: cannot be read (${reason}). Give the path of the data as the argument.`);
  }
}

function parse(text: string, place: string): Line {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new InputError(`${place}: is not JSON`);
  }
  const parsed = line.safeParse(data);
  if (!parsed.success) throw new InputError(`${place}: ${z.prettifyError(parsed.error)}`);
  const { positive, rule, trap, ...rest } = parsed.data;
  const isNatural = rule.startsWith('trap:') || trap === 'plain_sentence';
  return { ...rest, sort: positive ? 'positive' : isNatural ? 'natural' : 'fake' };
}
