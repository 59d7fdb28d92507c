import { ago } from '../../views/text.ts';
import type { Style } from '../terminal.ts';

/** A stretch of text that looks alike. */
export interface Span {
  text: string;
  style: Style | null;
  /** What it opens. */
  url: string | null;
}

/** One line of a text, before it is broken into rows. */
export interface Line {
  spans: Span[];
  /** Stands at the left of each of its rows. */
  prefix: string;
  /** How far the rows after the first are indented. */
  hang: number;
}

/** What the text of an answer may speak of by id or instant. */
export interface Known {
  /** The name of a channel, without `#`; undefined when it is not known. */
  channel(id: string): string | undefined;
  /** ms UTC. */
  now: number;
  /** IANA name. */
  timezone: string;
}

/** The markdown of our own views as lines: they use no more of it than this. */
export function readMarkdown(text: string, known: Known): Line[] {
  return text.split('\n').map((line) => readLine(line, known));
}

function readLine(line: string, known: Known): Line {
  const small = /^-# (.*)$/.exec(line)?.[1];
  if (small !== undefined) {
    return {
      spans: inline(small, known, 'dim').map((span) => ({ ...span, style: 'dim' })),
      prefix: '',
      hang: 0,
    };
  }
  const quote = /^> (.*)$/.exec(line)?.[1];
  if (quote !== undefined) return { spans: inline(quote, known, null), prefix: '▏ ', hang: 0 };
  const spans = inline(line.replaceAll('\u2003', '  '), known, null);
  // What begins with a step's number goes on beside it, not below.
  const lead = /^ *(?:↳ )?\d+ /.exec(spans.map(({ text }) => text).join(''))?.[0].length ?? 0;
  return { spans, prefix: '', hang: lead };
}

const INLINE = new RegExp(
  [
    /\\(?<escaped>[^\p{L}\p{N}\s])/u,
    /`(?<code>[^`\n]+)`/u,
    /<#(?<channel>\d+)>|<@[!&]?(?<account>\d+)>|<t:(?<seconds>-?\d{1,13})(?::(?<format>\w))?>/u,
    /\[(?<label>(?:\\.|[^\]\\])+)\]\((?<url>[^)\s]+)\)/u,
    /\*\*(?<bold>(?:\\.|[^\\])+?)\*\*|(?<!\*)\*(?<italic>(?:\\.|[^*\\])+?)\*/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

function inline(text: string, known: Known, style: Style | null): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    spans.push(
      { text: text.slice(end, match.index), style, url: null },
      ...marked(match.groups!, known, style),
    );
    end = match.index + match[0].length;
  }
  return joined([...spans, { text: text.slice(end), style, url: null }]);
}

type Groups = Record<string, string | undefined>;

function marked(groups: Groups, known: Known, style: Style | null): Span[] {
  const { escaped, code, channel, account, seconds, label, url = null, bold, italic } = groups;
  const span = (text: string, own: Style | null = style): Span[] => [{ text, style: own, url: null }];
  if (escaped !== undefined) return span(escaped);
  if (code !== undefined) return span(code.replace(COMMAND, 'work-logs $1'), 'cyan');
  if (channel !== undefined) return span(`#${known.channel(channel) ?? channel}`, 'blue');
  if (account !== undefined) return span(`@${account}`, 'blue');
  if (seconds !== undefined) return span(instant(Number(seconds) * 1000, groups['format'], known));
  if (label !== undefined) return inline(label, known, style).map((span) => ({ ...span, url }));
  if (bold !== undefined) return inline(bold, known, 'bold');
  return inline(italic ?? '', known, 'italic');
}

/** A command of the bot that this program has as well. */
const COMMAND = /^\/(explain|how|workspace-logs|export)\b/;

function instant(at: number, format: string | undefined, { now, timezone }: Known): string {
  if (format === 'R') return ago(at, now);
  if (format === 't')
    return new Date(at).toLocaleTimeString('en-GB', { timeStyle: 'short', timeZone: timezone });
  return new Date(at).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  });
}

/** Neighbours that look alike are one. */
export function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && last.style === span.style && last.url === span.url) last.text += span.text;
    else if (span.text !== '') all.push({ ...span });
  }
  return all;
}
