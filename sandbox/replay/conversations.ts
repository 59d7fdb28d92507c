import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One message of a recorded conversation. */
export interface Line {
  author: string;
  role: 'human' | 'bot';
  content: string;
  /** The name of the one it is meant for. */
  to: string | undefined;
}

/** One conversation of an NDJSON file, and where it stands there. */
export interface Conversation {
  file: string;
  /** Counted from 1. */
  line: number;
  id: string;
  messages: Line[];
}

/** The input is not what this program reads. The message names the file, the line and the field. */
export class InputError extends Error {
  override name = 'InputError';
}

// Other fields of the format (tools, times, annotations) do not show in a chat and are passed over.
export const conversation = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  messages: z.array(
    z.object({
      author: z.string().refine((name) => name.trim() !== '', 'must not be blank'),
      role: z.enum(['human', 'bot']),
      content: z.string(),
      to: z
        .string()
        .nullish()
        .transform((name) => name ?? undefined),
    }),
  ),
});

/**
 * Reads conversations, one JSON object per line; blank lines are passed over.
 * @throws InputError for a file that cannot be read, a line that is not such a conversation, or a file without any
 */
export function readConversations(file: string): Conversation[] {
  return readAs(conversation, file);
}

/** {@link readConversations} with whatever else `form` has of a conversation. */
export function readAs<T extends Omit<Conversation, 'file' | 'line'>>(
  form: z.ZodType<T>,
  file: string,
): (T & Pick<Conversation, 'file' | 'line'>)[] {
  const lines = readText(file).split(/\r?\n/);
  const conversations = lines.flatMap((text, index) =>
    text.trim() === '' ? [] : [parseLine(form, text, file, index + 1)],
  );
  if (conversations.length === 0) throw new InputError(`${file}: holds no conversation`);
  return conversations;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new InputError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
}

function parseLine<T>(form: z.ZodType<T>, text: string, file: string, line: number) {
  const parsed = form.safeParse(parseJson(text, file, line));
  if (parsed.success) return { file, line, ...parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  throw new InputError(`${file}:${line}: ${fieldName(path)}: ${message}`);
}

function parseJson(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}:${line}: not JSON (${(error as Error).message})`);
  }
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name.replace(/^\./, '') || 'the line';
}
