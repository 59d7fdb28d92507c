import { stripVTControlCharacters } from 'node:util';

/** Control characters but for the line feed, and what breaks lines or turns the writing direction: all can forge what is shown. */
const FORGING = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Text that somebody else wrote, safe to print: escape sequences are taken out, a tab is two spaces, and any other control
 * character is shown as a picture of itself (␇) instead of being obeyed.
 */
export function neutral(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replaceAll(FORGING, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\t') return '  ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
}
