import { neutral } from './neutral.ts';
import type { Paint } from './paint.ts';

/** Finds names for the ids in a text; undefined when there is no such thing, or no longer. */
export interface Names {
  user(id: string): string | undefined;
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
}

export interface Look {
  names: Names;
  paint: Paint;
}

const INLINE = new RegExp(
  [
    /\\(?<escaped>[^\p{L}\p{N}\s])/u,
    /(?<ticks>`+)(?<code>[^`]|[^`].*?[^`])\k<ticks>(?!`)/u,
    /<@!?(?<user>\d+)>|<@&(?<role>\d+)>|<#(?<channel>\d+)>/u,
    /<t:(?<time>-?\d{1,13})(?::(?<format>[tTdDfFR]))?>/u,
    /<a?(?<emoji>:\w+:)\d+>|<\/(?<command>[^:>]+):\d+>/u,
    /\[(?<label>(?:\\.|[^\]\\\n])+)\]\(<?(?<url>https?:\/\/[^\s)>]+)>?\)/u,
    /\*\*(?<bold>(?:\\.|[^\\\n])+?)\*\*|__(?<underline>(?:\\.|[^\\\n])+?)__/u,
    /~~(?<struck>(?:\\.|[^\\\n])+?)~~|\|\|(?<spoiler>(?:\\.|[^\\\n])+?)\|\|/u,
    /(?<![*\w\\])\*(?! )(?<italic>(?:\\.|[^*\\\n])+?)\*(?![*\w])|(?<![_\w\\])_(?<slanted>(?:\\.|[^_\\\n])+?)_(?![_\w])/u,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'gu',
);

/** A Discord text as lines for a terminal: markup becomes colour or goes, ids become names, code stays as it is. */
export function readMarkup(text: string, look: Look): string[] {
  let inCode = false;
  const lines: string[] = [];
  for (const line of neutral(text).split('\n')) {
    if (/^\s*```\w*\s*$/.test(line)) {
      inCode = !inCode;
    } else if (inCode) {
      lines.push(line.replace(/```$/, ''));
      if (line.endsWith('```')) inCode = false;
    } else {
      lines.push(readLine(line, look));
    }
  }
  return lines;
}

function readLine(line: string, look: Look): string {
  const { paint } = look;
  const heading = /^#{1,3} (?<rest>.+)$/.exec(line);
  if (heading) return paint('bold', inline(heading.groups!['rest']!, look));
  const small = /^-# (?<rest>.+)$/.exec(line);
  if (small) return paint('dim', inline(small.groups!['rest']!, { ...look, paint: (_style, text) => text }));
  const quote = /^>(?:>>)? (?<rest>.*)$/.exec(line);
  if (quote) return `${paint('dim', '▏')} ${inline(quote.groups!['rest']!, look)}`;
  const item = /^(?<indent> *)[*-] (?<rest>.+)$/.exec(line);
  if (item) return `${item.groups!['indent']}• ${inline(item.groups!['rest']!, look)}`;
  return inline(line, look);
}

function inline(text: string, look: Look): string {
  return text.replaceAll(INLINE, (...match) => {
    const groups = match.at(-1) as Record<string, string | undefined>;
    return styled(groups, look) ?? named(groups, look) ?? (match[0] as string);
  });
}

function styled(groups: Record<string, string | undefined>, look: Look): string | undefined {
  const { paint } = look;
  const { escaped, code, bold, underline, struck, spoiler, italic, slanted, label, url } = groups;
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return paint('cyan', code);
  if (bold !== undefined) return paint('bold', inline(bold, look));
  if (underline !== undefined) return paint('underline', inline(underline, look));
  if (label !== undefined) {
    const shown = paint('underline', inline(label, look));
    return JUMP.test(url!) ? shown : `${shown} (${url})`;
  }
  const inner = struck ?? spoiler ?? italic ?? slanted;
  return inner === undefined ? undefined : inline(inner, look);
}

/** A link to a message of the same Discord: nothing that a terminal could open. */
const JUMP = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\//;

function named(groups: Record<string, string | undefined>, { names, paint }: Look): string | undefined {
  const { user, role, channel, time, format, emoji, command } = groups;
  const mention = (text: string) => paint('blue', neutral(text));
  if (user !== undefined) return mention(`@${names.user(user) ?? 'unknown-user'}`);
  if (role !== undefined) return mention(`@${names.role(role) ?? 'deleted-role'}`);
  if (channel !== undefined) return mention(`#${names.channel(channel) ?? 'no-access'}`);
  if (time !== undefined) return timeText(Number(time) * 1000, format);
  if (command !== undefined) return mention(`/${command}`);
  return emoji;
}

/** An instant as people here read it; how long ago it was is left out, because what is printed does not change any more. */
function timeText(at: number, format = 'f'): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  return date.toLocaleString('en-GB', TIME_FORMATS[format]);
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const TIME_FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  t: TIME,
  T: { ...TIME, second: '2-digit' },
  d: DAY,
  D: DAY,
  f: { ...DAY, ...TIME },
  F: { ...DAY, ...TIME },
  R: { ...DAY, ...TIME },
};
