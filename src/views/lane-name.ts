/** Letters that the font of the pictures has; others would be empty boxes. */
const DRAWABLE =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{N}\p{P}\p{M} ]/gu;

/**
 * What a lane is called in a picture, at most so wide (px): as far as it can be drawn, or else `bot 3`, by its place. Of a long name the
 * middle gives way, because names of bots often differ at their end.
 */
export function laneName(
  name: string,
  index: number,
  { size, width }: { size: number; width: number },
): string {
  const drawable = name.normalize('NFC').replace(DRAWABLE, '').replace(/\s+/g, ' ').trim();
  const whole = /[\p{L}\p{N}]/u.test(drawable) ? drawable : `bot ${index + 1}`;
  if (widthOf(whole, size) <= width) return whole;
  const characters = [...whole];
  const shortened = (length: number) => {
    const end = Math.floor(length / 3);
    return `${characters.slice(0, length - end).join('')}…${characters.slice(characters.length - end).join('')}`;
  };
  let length = Math.min(characters.length - 1, LONG);
  while (length > 2 && widthOf(shortened(length), size) > width) length -= 1;
  return shortened(length);
}

/** No name of so many letters is narrow enough. */
const LONG = 100;

/** How wide a text may be in the font of the pictures, in px: never less than it is. Measured on DejaVu Sans, in shares of its size. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce(
    (sum, character) => sum + (SHARES.find(([of]) => of.test(character))?.[1] ?? 1) * size,
    0,
  );
}

const SHARES: readonly [of: RegExp, share: number][] = [
  [/\p{Mn}/u, 0],
  [/[ijlI'.,:;|/ ]/, 0.34],
  [/[frt()[\]!-]/, 0.42],
  [/[cszJ_]/, 0.56],
  [/[a-ln-vx-z0-9]/, 0.64],
  [/[mw]/, 0.98],
  [/[A-LN-VX-Z…?+*#&]/, 0.84],
  [/[\p{Script=Hebrew}]/u, 0.75],
  [/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u, 1],
];
