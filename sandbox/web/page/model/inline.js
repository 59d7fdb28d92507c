/**
 * @typedef {| { kind: 'text', text: string }
 *   | { kind: 'strong' | 'em' | 'under' | 'strike' | 'spoiler', inner: Inline[] }
 *   | { kind: 'code', text: string }
 *   | { kind: 'link', url: string, inner: Inline[] | null }
 *   | { kind: 'user' | 'role' | 'channel', id: string }
 *   | { kind: 'command', name: string }
 *   | { kind: 'everyone', text: string }
 *   | { kind: 'emoji', name: string }
 *   | { kind: 'time', seconds: number, style: string }
 *   | { kind: 'break' }} Inline
 */

/** Deeper than anybody nests on purpose; what is deeper stays as it was typed. */
const DEEPEST = 8;

/** Longest first: `***` opens both, `__` is no italic. */
const MARKS = /** @type {const} */ ([
  ['**', 'strong'],
  ['__', 'under'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['*', 'em'],
  ['_', 'em'],
]);

/** What begins at a place and is no mark: each is tried where its first character stands. */
const ATOMS = [
  { at: '`', pattern: /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, make: code },
  {
    at: '<',
    pattern: /<@!?(\d{1,20})>/y,
    make: (/** @type {string[]} */ [, id = '']) => node('user', { id }),
  },
  {
    at: '<',
    pattern: /<@&(\d{1,20})>/y,
    make: (/** @type {string[]} */ [, id = '']) => node('role', { id }),
  },
  {
    at: '<',
    pattern: /<#(\d{1,20})>/y,
    make: (/** @type {string[]} */ [, id = '']) => node('channel', { id }),
  },
  {
    at: '<',
    pattern: /<\/([^:<>\n]{1,100}):\d{1,20}>/y,
    make: (/** @type {string[]} */ [, name = '']) => node('command', { name }),
  },
  {
    at: '<',
    pattern: /<a?:(\w{2,32}):\d{1,20}>/y,
    make: (/** @type {string[]} */ [, name = '']) => node('emoji', { name }),
  },
  { at: '<', pattern: /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y, make: time },
  { at: '<', pattern: /<(https?:\/\/[^\s<>]+)>/y, make: (/** @type {string[]} */ [, url = '']) => link(url) },
  {
    at: '[',
    pattern:
      /\[((?:[^[\]\\\n]|\\.|\[[^[\]\n]*\])+)\]\(<?(https?:\/\/[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+"[^"\n]*")?\)/y,
    make: null,
  },
  {
    at: 'h',
    pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"'!?()[\]*_~|]/y,
    make: (/** @type {string[]} */ [url = '']) => link(url),
  },
  {
    at: '@',
    pattern: /@(?:everyone|here)\b/y,
    make: (/** @type {string[]} */ [text = '']) => node('everyone', { text }),
  },
  { at: '\n', pattern: /\n/y, make: () => node('break', {}) },
  {
    at: '\\',
    pattern: /\\([^A-Za-z0-9\s])/y,
    make: (/** @type {string[]} */ [, text = '']) => node('text', { text }),
  },
];

/**
 * Reads what stands within a line or paragraph, in Discord's flavour. Anything that is not closed is text.
 * @param {string} source
 * @returns {Inline[]}
 */
export function inline(source, depth = 0) {
  /** @type {Inline[]} */
  const out = [];
  /** @type {Set<string>} */
  const unclosed = new Set();
  let text = '';
  let at = 0;
  while (at < source.length) {
    const found = atomAt(source, at, depth) ?? (depth < DEEPEST ? spanAt(source, at, depth, unclosed) : null);
    if (found === null) {
      text += source[at];
      at += 1;
    } else {
      if (text) out.push({ kind: 'text', text });
      text = '';
      out.push(found.node);
      at = found.end;
    }
  }
  if (text) out.push({ kind: 'text', text });
  return out;
}

/**
 * @param {string} source @param {number} at @param {number} depth
 * @returns {{ node: Inline, end: number } | null}
 */
function atomAt(source, at, depth) {
  for (const { at: first, pattern, make } of ATOMS) {
    if (source[at] !== first) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) continue;
    const node = make === null ? maskedLink(match, depth) : make(match);
    return { node, end: at + match[0].length };
  }
  return null;
}

/**
 * @param {string} source @param {number} at @param {number} depth @param {Set<string>} unclosed
 * @returns {{ node: Inline, end: number } | null}
 */
function spanAt(source, at, depth, unclosed) {
  for (const [mark, kind] of MARKS) {
    if (unclosed.has(mark) || !source.startsWith(mark, at) || !opens(source, at, mark)) continue;
    const close = closeOf(source, at + mark.length, mark);
    if (close === null) {
      unclosed.add(mark);
      continue;
    }
    const inner = inline(source.slice(at + mark.length, close), depth + 1);
    return { node: { kind, inner }, end: close + mark.length };
  }
  return null;
}

/** @param {string} source @param {number} at @param {string} mark */
function opens(source, at, mark) {
  const after = source[at + mark.length];
  if (after === undefined) return false;
  if (mark === '*') return !/\s/.test(after);
  // snake_case is no italic
  if (mark === '_') return !/\w/.test(source[at - 1] ?? ' ');
  return true;
}

/** @param {string} source @param {number} from @param {string} mark @returns {number | null} */
function closeOf(source, from, mark) {
  for (let at = source.indexOf(mark, from + 1); at !== -1; at = source.indexOf(mark, at + 1)) {
    if (source[at - 1] === '\\' || insideCode(source, from, at)) continue;
    if (closes(source, at, mark)) return at;
  }
  return null;
}

/** @param {string} source @param {number} at @param {string} mark */
function closes(source, at, mark) {
  const before = source[at - 1] ?? '';
  const after = source[at + mark.length] ?? '';
  if (mark === '*') return before !== '*' && after !== '*' && !/\s/.test(before);
  if (mark === '_') return before !== '_' && after !== '_' && !/\w/.test(after);
  // `***both***`: the outer mark closes last
  return after !== mark[0] || mark === '||';
}

/** @param {string} source @param {number} from @param {number} at */
function insideCode(source, from, at) {
  let ticks = 0;
  for (let i = source.indexOf('`', from); i !== -1 && i < at; i = source.indexOf('`', i + 1)) ticks += 1;
  return ticks % 2 === 1 && source.indexOf('`', at) !== -1;
}

/** @param {string[]} match @returns {Inline} */
function code([, , text = '']) {
  return { kind: 'code', text: text.length > 2 && /^ .* $/s.test(text) ? text.slice(1, -1) : text };
}

/** @param {string[]} match @returns {Inline} */
function time([, seconds, style]) {
  return { kind: 'time', seconds: Number(seconds), style: style ?? 'f' };
}

/** @param {string[]} match @param {number} depth @returns {Inline} */
function maskedLink([, label = '', url = ''], depth) {
  return { kind: 'link', url, inner: depth < DEEPEST ? inline(label, depth + 1) : null };
}

/** @param {string} url @returns {Inline} */
function link(url) {
  return { kind: 'link', url, inner: null };
}

/** @param {string} kind @param {object} rest @returns {Inline} */
function node(kind, rest) {
  return /** @type {Inline} */ ({ kind, ...rest });
}
