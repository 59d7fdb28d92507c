/** An emoji with all that belongs to it (selectors, joiners, skin tones), a space, and the rest of the line. */
const LED_BY_PICTOGRAPH = /^((?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D){1,12}) +(.+)$/u;

export interface Pictographed {
  /** Without variation selectors and joiners, which senders set or leave out as they like. */
  icon: string;
  rest: string;
}

/** Splits a line that starts with an emoji; null for any other. */
export function afterPictograph(line: string): Pictographed | null {
  // Letters and most punctuation come before all emoji, and most lines start with one of those.
  if (!(line.charCodeAt(0) > 0xff)) return null;
  const [, icon, rest] = LED_BY_PICTOGRAPH.exec(line) ?? [];
  return icon === undefined ? null : { icon: icon.replace(/[\uFE0F\u200D]/g, ''), rest: rest! };
}
