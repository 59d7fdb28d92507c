import { isReportId } from '../domain/report.ts';
import { cut, graphemesOf } from './limits.ts';

/**
 * What is recorded was written by others and is shown as plain text: nothing in it may format, link, mention or hide. The only
 * links in an answer are the bot's own.
 */

/** `text` without what a reader cannot see: control, bidirectional and zero-width characters, and towers of accents. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(HIDDEN, '')
    .replace(STRAY_JOINER, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}

/** What is drawn as nothing: control and format characters (bidi controls, zero-width ones, tags), fillers, selectors. */
const HIDDEN =
  /[\p{Cc}--\n]|[[\p{Cf}\p{Default_Ignorable_Code_Point}]--[\u{200c}-\u{200d}]--\u{fe0f}]|\u{2800}/gv;

/** Joiners stay where emoji and the scripts that need them have them: before a pictograph, or after a letter that is not Latin. */
const STRAY_JOINER =
  /(?<![[\p{L}\p{M}]--[\p{Script=Latin}\p{Script=Inherited}]])[\u{200c}\u{200d}](?!\p{Extended_Pictographic})/gv;

/** `text` as one line of at most `max` characters, for places without markdown: option labels, choices, files. */
export function plainLine(text: string, max: number): string {
  return cut(oneLine(text), max);
}

/** `text` as one line of at most `max` characters that Discord shows as it was written. */
export function shown(text: string, max: number): string {
  const line = oneLine(text);
  let size = max;
  let escaped = escapeLine(cut(line, size));
  while (escaped.length > max) {
    // Half of the excess, because a character that goes may take an escape with it.
    size -= Math.ceil((escaped.length - max) / 2);
    escaped = escapeLine(cut(line, Math.max(1, size)));
  }
  return escaped;
}

/** A name, {@link shown}; a question mark where it has nothing to see in it. */
export function shownName(name: string, max: number): string {
  return shown(name, max) || '?';
}

/** Text that is {@link shown}, as a link. Brackets in it would end the link early, escaped or not: they become wide ones. */
export function link(shownText: string, url: string): string {
  const label = shownText.replaceAll(String.raw`\[`, '［').replaceAll(String.raw`\]`, '］');
  return `[${label}](${url})`;
}

/** One line of cleaned text, with everything that Discord would read as more than text made harmless. */
export function escapeLine(line: string): string {
  return line
    .replace(/@(?=everyone|here|[!&]?\d)/g, '＠')
    .replace(/[\\*~`|[\]<]|(?<=<)#|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
    .replace(/:\/\//g, String.raw`:\//`)
    .replace(/^(\s*)([#>+-])/, String.raw`$1\$2`)
    .replace(/^(\s*\d+)\./, String.raw`$1\.`);
}

/**
 * The whole of `text` as quoted lines, in pieces of at most `size` characters each, for texts longer than a page has room for.
 * A text without anything to see gives no piece.
 */
export function quoted(text: string, size: number): string[] {
  const lines = clean(text)
    .trim()
    .replace(/\n{3,}/g, '\n\n')
    .split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  const pieces: string[] = [];
  for (const part of lines.flatMap((line) => fold(line, size - QUOTE.length))) {
    const last = pieces.at(-1);
    const quote = `${QUOTE}${part}`;
    if (last !== undefined && last.length + 1 + quote.length <= size)
      pieces[pieces.length - 1] += `\n${quote}`;
    else pieces.push(quote);
  }
  return pieces
    .map((piece) => piece.replace(/^(?:> \n)+|(?:\n> )+$/g, ''))
    .filter((piece) => piece !== QUOTE);
}

const QUOTE = '> ';

/** A line, escaped, in parts of at most `size` characters, broken between words where that is possible. */
function fold(line: string, size: number): string[] {
  if (escapeLine(line).length <= size) return [escapeLine(line)];
  const parts: string[] = [];
  let part = '';
  for (const word of line.split(/(?<=\s)/).flatMap((word) => splitLong(word, size))) {
    if (escapeLine(part + word).length > size) {
      parts.push(escapeLine(part));
      part = '';
    }
    part += word;
  }
  return [...parts, escapeLine(part)];
}

/** No character grows to more than three when escaped. */
function splitLong(word: string, size: number): string[] {
  const max = Math.floor(size / 3);
  if (word.length <= max) return [word];
  const parts = [''];
  for (const grapheme of graphemesOf(word)) {
    if (parts.at(-1)!.length + grapheme.length > max) parts.push('');
    parts[parts.length - 1] += grapheme;
  }
  return parts;
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/**
 * The link to a message, as Discord's own "Copy Message Link" gives it. What a program reported is no message: its link leads to the
 * channel.
 */
export function messageUrl(guildId: string, channelId: string, messageId: string): string {
  const channel = `https://discord.com/channels/${guildId}/${channelId}`;
  return isReportId(messageId) ? channel : `${channel}/${messageId}`;
}

/** An instant (ms UTC) that Discord shows in the reader's time zone; `R` is relative to now. */
export function timestamp(at: number, style: 't' | 'T' | 'd' | 'f' | 'R'): string {
  return `<t:${Math.floor(at / 1000)}:${style}>`;
}

/** A duration in the units a person would say it in: `450 ms`, `3.2 s`, `23 min`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${Number((ms / 1000).toFixed(1))} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago, where Discord's timestamps do not render. */
export function ago(at: number, now: number): string {
  return now - at < 60_000 ? 'just now' : `${duration(now - at)} ago`;
}

/** 0–1 as `60 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `1 step`, `2 steps`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `312 kB`, `1.4 MB`. */
export function bytes(n: number): string {
  return n < 999_500 ? `${Math.round(n / 1000)} kB` : `${Number((n / 1_000_000).toFixed(1))} MB`;
}
