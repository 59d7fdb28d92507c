import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Author } from '../domain/author.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { LIMITS } from './limits.ts';
import { ago, plainLine } from './text.ts';

export type Choice = APIApplicationCommandOptionChoice<string>;

/** A session as a person picks it while typing: `#name · what it was about · 5 min ago`. */
export function sessionChoice(workspace: Workspace, log: WorkLog, now: number): Choice {
  const place = plainLine(`#${workspace.name}`, 30);
  const when = ago(log.lastAt, now);
  const room = LIMITS.choiceName - place.length - when.length - ' ·  · '.length;
  return { name: `${place} · ${plainLine(log.query, room) || '…'} · ${when}`, value: log.sessionId };
}

/** A bot as a person picks it while typing. */
export function botChoice(bot: Author): Choice {
  const name = plainLine(bot.name, LIMITS.choiceName) || '?';
  return { name, value: bot.key.length <= LIMITS.choiceValue ? bot.key : name };
}

/** Those whose name has what was typed so far in it, as many as Discord shows. */
export function matching(choices: readonly Choice[], typed: string): Choice[] {
  const sought = typed.trim().replace(/^[@#]/, '').toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(sought)).slice(0, LIMITS.choices);
}
