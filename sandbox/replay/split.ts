/** Discord's limit for the content of a message, in UTF-16 units: https://docs.discord.com/developers/resources/message#create-message */
export const MESSAGE_LIMIT = 2000;

/** A cut at a boundary may leave a piece this much shorter than allowed; else it is made where the limit falls. */
const SHORTEST = 0.5;

/**
 * Splits a text into messages that Discord takes and does not change, as bots do: at the end of a line, else between words,
 * else where the limit falls, but never between the two halves of a character. Discord trims what it is sent, so each piece is
 * already trimmed: put together, the pieces differ from the text in white space at the cuts and at the ends only.
 * A text of nothing but white space yields no piece. The first piece leaves `reserve` units free.
 */
export function splitMessage(text: string, { limit = MESSAGE_LIMIT, reserve = 0 } = {}): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const room = pieces.length === 0 ? limit - reserve : limit;
    const end = rest.length <= room ? rest.length : cutBefore(rest, room);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return pieces;
}

/** Where to cut a text that is longer than `room`: its first so many units are the piece. */
function cutBefore(text: string, room: number): number {
  // One more unit than fits, as the boundary itself is trimmed away.
  const window = text.slice(0, room + 1);
  const earliest = room * SHORTEST;
  for (const boundary of ['\n', ' ']) {
    const at = window.lastIndexOf(boundary);
    if (at >= earliest) return at;
  }
  return isHighSurrogate(text, room - 1) ? room - 1 : room;
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
