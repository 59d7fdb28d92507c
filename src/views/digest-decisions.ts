import type { APIComponentInContainer } from 'discord.js';
import type { Escalation } from '../domain/escalation.ts';
import { optionRows } from './escalation-controls.ts';
import { escalationId } from './escalation-ids.ts';
import { measureParts } from './limits.ts';
import { button, buttons, text } from './parts.ts';

export interface DecisionLine {
  /** What is asked, in one line. */
  words: string;
  escalation: Escalation | null;
}

/** More options than one row of buttons has room for become a menu: a report has more to tell. */
const BUTTONS_MAX = 5;
/** A text, and a row with a menu. */
const LEAST = 3;

/**
 * What waits for a decision, each with its options right below it. `room`: how many components of the message are left; where it gets
 * scarce buttons become menus, and the last ones have none.
 */
export function decisionParts(
  heading: string,
  lines: readonly DecisionLine[],
  more: string | null,
  room: number,
): APIComponentInContainer[] {
  const parts: APIComponentInContainer[] = [];
  let said = [heading];
  // The text below the last row.
  let left = room - 1;
  for (const [index, { words, escalation }] of lines.entries()) {
    said.push(words);
    const rows = escalation ? rowsWithin(escalation, left, lines.length - index - 1) : [];
    if (rows.length === 0) continue;
    parts.push(text(...said), ...rows);
    left -= 1 + measureParts(rows);
    said = [];
  }
  if (more !== null) said.push(more);
  return said.length > 0 ? [...parts, text(...said)] : parts;
}

/** Buttons as long as they leave those that follow the room for a menu. */
function rowsWithin(escalation: Escalation, left: number, later: number): APIComponentInContainer[] {
  const wide = rowsOf(escalation, BUTTONS_MAX);
  if (1 + measureParts(wide) + LEAST * later <= left) return wide;
  return LEAST <= left ? rowsOf(escalation, 0) : [];
}

/** What is asked without options is answered in words. */
function rowsOf(escalation: Escalation, buttonsMax: number): APIComponentInContainer[] {
  if (escalation.options.length === 0)
    return [buttons(button('Answer…', escalationId('words', escalation.id, 'reminder')))];
  return optionRows(escalation, 'reminder', buttonsMax) as APIComponentInContainer[];
}
