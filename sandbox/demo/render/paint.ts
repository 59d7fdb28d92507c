import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'cyan' | 'yellow' | 'green' | 'magenta' | 'blue' | 'red' | 'underline';

/** Colours text for where it will be shown. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Colours on a terminal that shows them and wants them (NO_COLOR, FORCE_COLOR), plain text elsewhere. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  // Word by word, so that a line may be broken between any two.
  return (style, text) =>
    text.replaceAll(/\S+/g, (word) => styleText(style, word, { stream, validateStream: true }));
}
