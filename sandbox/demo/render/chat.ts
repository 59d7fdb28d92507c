import { renderMessage } from './message.ts';
import type { Rendered, Shown } from './message.ts';
import type { Look } from './markup.ts';
import { neutral } from './neutral.ts';
import { pad, widthOf } from './width.ts';

/** A message in a conversation. */
export interface Said {
  number: number;
  author: string;
  isBot: boolean;
  /** The number of the message it replies to. */
  repliesTo: number | undefined;
  edited: boolean;
  message: Shown;
}

/** Columns of a message's number and of its author's name; a longer name gets a line of its own. */
const NUMBER = 4;
const NAME = 11;
const INDENT = NUMBER + 1 + NAME + 1;

/** A message with its number and author at the left and its text beside them, in `width` columns; controls count from `first`. */
export function chatLines(said: Said, look: Look, width: number, first: number): Rendered {
  const { paint } = look;
  const { number, isBot, repliesTo, edited, message } = said;
  const author = neutral(said.author);
  const marks = [repliesTo && `↪ ${repliesTo} `, edited && '(edited) '].filter(Boolean).join('');
  const marked = { ...message, content: marks + message.content };
  const { lines, controls } = renderMessage(marked, look, width - INDENT, first);
  const name = paint(isBot ? 'cyan' : 'green', author);
  const head = `${paint('dim', String(number).padStart(NUMBER))} ${pad(name, NAME)} `;
  const body = widthOf(author) > NAME ? ['', ...lines] : lines;
  return {
    lines: body.map((line, index) => (index === 0 ? head : ' '.repeat(INDENT)) + line),
    controls,
  };
}

/** A line across the screen with a title in it. */
export function headline(title: string, { paint }: Look, width: number): string {
  const rule = '─'.repeat(Math.max(0, width - widthOf(title) - 4));
  return `${paint('dim', '──')} ${paint('bold', title)} ${paint('dim', rule)}`;
}
