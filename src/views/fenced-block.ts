const OPEN = '```worklog\n';
const CLOSE = '\n```';

/**
 * One object, or a list of several, as a fenced block of at most `max` characters that a program reads. Whatever others wrote in it, it
 * does not end the fence. Of the texts that are `cuttable`, the longest is cut first; what was cut is named in `cut`.
 */
export function fencedBlock(
  objects: readonly Record<string, unknown>[],
  cuttable: readonly string[],
  max: number,
): string {
  const room = max - OPEN.length - CLOSE.length;
  const fitted = objects.map((object) => ({ ...object }));
  const json = () => plainJson(fitted.length === 1 ? fitted[0] : fitted);
  for (let text = json(); ; text = json()) {
    if (text.length <= room) return `${OPEN}${text}${CLOSE}`;
    const { object, key } = longestOf(fitted, cuttable);
    const value = String(object[key]);
    // A character that goes may take up to twelve of JSON with it; going too far would lose more than needed.
    const excess = Math.max(1, Math.ceil((text.length - room) / 12));
    object[key] = value.slice(0, Math.max(0, value.length - excess)).toWellFormed();
    object['cut'] = [...new Set([...((object['cut'] as string[] | undefined) ?? []), key])];
  }
}

function longestOf(objects: Record<string, unknown>[], cuttable: readonly string[]) {
  const all = objects.flatMap((object) => cuttable.map((key) => ({ object, key })));
  const longest = all.reduce((a, b) => (sizeOf(b.object[b.key]) > sizeOf(a.object[a.key]) ? b : a));
  if (sizeOf(longest.object[longest.key]) <= 2)
    throw new Error('A block does not fit, whatever is cut of it.');
  return longest;
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? plainJson(value).length : 0;
}

/** JSON in which nothing ends the fence, looks like a mention or is drawn as nothing: what could is written as an escape. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[`<]|[\p{C}[\p{Z}--[ ]]]/gv, escaped);
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
