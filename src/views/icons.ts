import type { Entry, Level } from '../domain/entry.ts';

/** The one vocabulary of icons, in every answer and report. */
export const ICONS = {
  info: '💬',
  thinking: '💭',
  decision: '◆',
  correction: '↩',
  uncertainty: '❔',
  warning: '⚠',
  error: '✖',
  tool: '🔧',
  handoff: '🤝',
  coordination: '🧭',
  escalation: '🚨',
  log: '📓',
  search: '🔎',
  active: '🟡',
  ended: '🟢',
  report: '🌙',
  done: '✅',
  pending: '⏳',
  learned: '💡',
  unseen: '🙈',
  next: '➡',
  snoozed: '💤',
} as const satisfies Record<Level, string> & Record<string, string>;

/** What needs a person stands out from whatever else the entry is. */
export function iconOf(entry: Pick<Entry, 'level' | 'escalation'>): string {
  return entry.escalation ? ICONS.escalation : ICONS[entry.level];
}

/** What the icon stands for. */
export function wordOf(entry: Pick<Entry, 'level' | 'escalation'>): string {
  return entry.escalation ? 'escalation' : entry.level;
}
