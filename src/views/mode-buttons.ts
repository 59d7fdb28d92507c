import type { APIMessageTopLevelComponent } from 'discord.js';
import { MODES } from './entry-block.ts';
import type { Mode } from './entry-block.ts';
import { button, buttons } from './parts.ts';

const LABELS: Record<Mode, string> = {
  summary: 'Summary',
  detailed: 'Detailed',
  debug: 'Debug',
  coordination: 'Coordination',
  conversations: 'Conversations',
};

/** One button for each mode; five are as many as Discord has room for in a row. */
export function modeButtons(
  idOf: (mode: Mode) => string,
  current: Mode | null = null,
): APIMessageTopLevelComponent {
  return buttons(...MODES.map((mode) => button(LABELS[mode], idOf(mode), { current: mode === current })));
}
