import { inline } from './inline.js';

/** @import { Inline } from './inline.js' */
/**
 * @typedef {| { kind: 'paragraph' | 'subtext', inner: Inline[] }
 *   | { kind: 'heading', level: number, inner: Inline[] }
 *   | { kind: 'code', text: string, language: string }
 *   | { kind: 'quote', blocks: Block[] }
 *   | { kind: 'list', isOrdered: boolean, start: number, items: Item[] }} Block
 * @typedef {{ inner: Inline[], blocks: Block[] }} Item
 */

/**
 * Reads a message's text in Discord's flavour of Markdown. It never throws: what makes no sense is text.
 * @param {string} source
 * @returns {Block[]}
 */
export function markdown(source) {
  return fences(source).flatMap((part) => ('text' in part ? [part] : lines(part.plain.split('\n'))));
}

/**
 * Takes the code blocks out; the line ends around them belong to them.
 * @param {string} source
 * @returns {({ kind: 'code', text: string, language: string } | { plain: string })[]}
 */
function fences(source) {
  const parts = [];
  const pattern = /```(?:([\w+#.-]{1,30})\n)?\n*([\s\S]+?)\n*```/g;
  let from = 0;
  for (const match of source.matchAll(pattern)) {
    const [whole, language = '', text = ''] = match;
    // A quoted block stays in its quote.
    if (/(?:^|\n)> [^\n]*$/.test(source.slice(from, match.index)) && text.includes('\n')) continue;
    const before = source.slice(from, match.index).replace(/\n$/, '');
    if (before.trim() !== '') parts.push({ plain: before });
    parts.push({ kind: /** @type {const} */ ('code'), text, language });
    from = match.index + whole.length;
    if (source[from] === '\n') from += 1;
  }
  if (from < source.length) parts.push({ plain: source.slice(from) });
  return parts;
}

const LIST = /^(?<indent> {0,10})(?<mark>[-*]|\d{1,10}\.) +(?<text>\S.*)$/;

/** @param {string[]} all @returns {Block[]} */
function lines(all) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length > 0) blocks.push({ kind: 'paragraph', inner: inline(plain.join('\n')) });
    plain = [];
  };
  for (let at = 0; at < all.length;) {
    const found = blockAt(all, at);
    if (found === null) {
      plain.push(all[at] ?? '');
      at += 1;
    } else {
      flush();
      blocks.push(found.block);
      at = found.next;
    }
  }
  flush();
  return blocks;
}

/** @param {string[]} all @param {number} at @returns {{ block: Block, next: number } | null} */
function blockAt(all, at) {
  const line = all[at] ?? '';
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) {
    const [, marks = '', text = ''] = heading;
    return { block: { kind: 'heading', level: marks.length, inner: inline(text) }, next: at + 1 };
  }
  if (/^-# +\S/.test(line)) {
    return { block: { kind: 'subtext', inner: inline(line.replace(/^-# +/, '')) }, next: at + 1 };
  }
  if (line.startsWith('>>> ')) {
    const quoted = [line.slice(4), ...all.slice(at + 1)];
    return { block: { kind: 'quote', blocks: lines(quoted) }, next: all.length };
  }
  if (line.startsWith('> ')) return quoteAt(all, at);
  return LIST.test(line) ? listAt(all, at) : null;
}

/** @param {string[]} all @param {number} at @returns {{ block: Block, next: number }} */
function quoteAt(all, at) {
  let next = at;
  while (all[next]?.startsWith('> ')) next += 1;
  const quoted = all.slice(at, next).map((line) => line.slice(2));
  return { block: { kind: 'quote', blocks: lines(quoted.map((line) => line.replace(/^>+ /, ''))) }, next };
}

/** @param {string[]} all @param {number} at @returns {{ block: Block, next: number }} */
function listAt(all, at) {
  const { indent = '', mark = '' } = LIST.exec(all[at] ?? '')?.groups ?? {};
  const isOrdered = mark.endsWith('.');
  /** @type {Item[]} */
  const items = [];
  let next = at;
  for (;;) {
    const groups = LIST.exec(all[next] ?? '')?.groups;
    if (groups === undefined || next >= all.length) break;
    const depth = groups['indent']?.length ?? 0;
    if (depth < indent.length) break;
    const last = items.at(-1);
    if (depth > indent.length && last !== undefined) {
      const inner = listAt(all, next);
      last.blocks.push(inner.block);
      next = inner.next;
      continue;
    }
    if (groups['mark']?.endsWith('.') !== isOrdered) break;
    items.push({ inner: inline(groups['text'] ?? ''), blocks: [] });
    next += 1;
  }
  return { block: { kind: 'list', isOrdered, start: Number.parseInt(mark, 10) || 1, items }, next };
}
