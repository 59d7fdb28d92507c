import { plainName } from '../domain/author.ts';
import { isByInteraction } from '../domain/entry.ts';
import type { Entry, ToolStatus } from '../domain/entry.ts';
import { iconOf, wordOf } from './icons.ts';
import { duration, link, messageUrl, percent, shown, shownName } from './text.ts';

/** Where a session's messages are: what a link to one of them needs. */
export interface Channel {
  guildId: string;
  /** The workspace's channel, or the thread. */
  channelId: string;
}

const NAME_MAX = 28;
const TEXT_MAX = 100;

/** An entry in one line: its step (which opens the message), who, how sure, and the beginning of what was said. */
export function entryLine(entry: Entry, channel: Channel): string {
  return `${entryHead(entry, channel)} ${entryText(entry, TEXT_MAX)}`;
}

/**
 * The line up to the text: `12 🤝 nanobot → researcher (to 3) 60 % 3.2 s ✓`, with markdown. `inWords` names the level beside its
 * icon, which a screen reader may call anything.
 */
export function entryHead(entry: Entry, channel: Channel, { inWords = false } = {}): string {
  const facts = [
    entry.responseTo === null ? null : `(to ${entry.responseTo})`,
    entry.confidence === null ? null : percent(entry.confidence),
    entry.durationMs === null ? null : duration(entry.durationMs),
    entry.tool && TOOL_MARKS[entry.tool.status],
  ];
  const kind = inWords ? `${iconOf(entry)} ${wordOf(entry)}:` : iconOf(entry);
  return [stepLink(entry, channel), kind, `**${speakers(entry)}**`, ...facts].filter(Boolean).join(' ');
}

/** What was said, in one line of at most `max` characters; for a tool run, the tool comes first. */
export function entryText(entry: Entry, max: number): string {
  const { tool } = entry;
  const message = withoutHead(entry);
  const unnamed = tool !== null && !plainName(message).startsWith(plainName(tool.name));
  return shown(unnamed ? `${tool.name} ${message}` : message, max) || noText(entry);
}

/** Many agents write the icon themselves, and begin with the name of the one they ask: neither is said twice. */
function withoutHead(entry: Entry): string {
  const { message, handoffTo } = entry;
  const icon = iconOf(entry);
  if (message.startsWith(icon)) return message.slice(icon.length).replace(/^\uFE0F?\s+/u, '');
  const [asked = ''] = handoffTo;
  const isAsked = asked !== '' && message.toLowerCase().startsWith(asked.toLowerCase());
  const rest = isAsked ? message.slice(asked.length) : '';
  return /^[\s,:]/.test(rest) ? rest.replace(/^[\s,:]+/, '') : message;
}

/** What stands for the text of an entry that has none. */
export function noText({ deletedAt }: Pick<Entry, 'deletedAt'>): string {
  return deletedAt === null ? '*no text*' : '*deleted in Discord*';
}

/** The step's number as a link to its message; plain where it has none. */
export function stepLink(entry: Entry, channel: Channel): string {
  if (isByInteraction(entry)) return String(entry.step);
  return link(String(entry.step), messageUrl(channel.guildId, channel.channelId, entry.messageId));
}

export const TOOL_MARKS: Record<ToolStatus, string> = {
  success: '✓',
  error: '✖',
  timeout: '⏱',
  unknown: '',
};

function speakers(entry: Entry): string {
  const name = shownName(entry.author.name, NAME_MAX);
  const [asked, ...others] = entry.handoffTo;
  if (asked === undefined) return name;
  const more = others.length > 0 ? ` +${others.length}` : '';
  return `${name} → ${shownName(asked.replace(/^@/, ''), NAME_MAX)}${more}`;
}
