import type { Author, BotRole } from '../domain/author.ts';
import { PLAIN_CHAT } from '../domain/dialect.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { container, pager, text } from './parts.ts';
import { count, shown, timestamp } from './text.ts';

/** A bot as `/bot` shows it. */
export interface BotFacts {
  author: Author;
  role: BotRole | null;
  dialect: string | null;
  dialectBy: 'command' | 'detected' | null;
  lastAt: number | null;
}

/** The answer to `/bot set`. */
export function botView(bot: BotFacts): View {
  return view([container(text(line(bot), '-# It holds for what it writes from now on.'))]);
}

/** Bots on one page of a list. */
const PAGE = 15;

/** `/bot list`. `page` counts from 0; one that is beyond the end is the last. */
export function botList(bots: readonly BotFacts[], page: number): View {
  const pages = Math.max(1, Math.ceil(bots.length / PAGE));
  const current = Math.min(Math.max(0, Math.trunc(page)), pages - 1);
  const lines = bots.slice(current * PAGE, (current + 1) * PAGE).map((bot) => `- ${line(bot)}`);
  const empty = 'None has written in a workspace yet.';
  const turns = pager({
    name: 'bot',
    label: `${current + 1}/${pages}`,
    previous: current > 0 ? `bot:list:${current - 1}` : null,
    next: current < pages - 1 ? `bot:list:${current + 1}` : null,
  });
  const title = `🤖 **${count(bots.length, 'bot')}**`;
  return view([
    container(text(title, ...(lines.length > 0 ? lines : [empty])), ...(pages > 1 ? [turns] : [])),
  ]);
}

function line({ author, role, dialect, dialectBy, lastAt }: BotFacts): string {
  const how = dialectBy === 'detected' ? ' (found out)' : '';
  return [
    `**${shown(author.name, 60) || '?'}**`,
    role ?? 'specialist',
    `${dialect ?? PLAIN_CHAT}${how}`,
    lastAt === null ? null : `last seen ${timestamp(lastAt, 'R')}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
