import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { container, text } from './parts.ts';
import { count, plainLine, shown, timestamp } from './text.ts';
import type { Choice } from './choices.ts';

/** A token as people see it: never the secret, of which nothing is known. */
export interface TokenFacts {
  id: number;
  /** Of its bot. */
  name: string;
  createdAt: number;
  createdBy: string;
  usedAt: number | null;
}

/** The answer to `/bot token create`, the only place where the token is ever shown. */
export function newTokenView({
  name,
  token,
  isOpen,
}: {
  name: string;
  token: string;
  isOpen: boolean;
}): View {
  const closed = 'No door is open yet: the operator of this bot sets AGENT_API_PORT.';
  return view([
    container(
      text(
        `🔑 Token of **${shown(name, 60)}**`,
        `\`\`\`\n${token}\n\`\`\``,
        'Keep it now: it is not shown again. Whoever has it writes as this bot and reads what it may read.',
        ...(isOpen ? [] : [closed]),
      ),
    ),
  ]);
}

/** Lines on one answer. */
const LISTED = 30;

/** `/bot token list`. */
export function tokenList(tokens: readonly TokenFacts[]): View {
  const lines = tokens.slice(-LISTED).map((token) => `- ${line(token)}`);
  const left = tokens.length - lines.length;
  const empty = 'None. `/bot token create` makes one for a bot whose program reports its own work.';
  return view([
    container(
      text(
        `🔑 **${count(tokens.length, 'token')}**`,
        ...(lines.length > 0 ? lines : [empty]),
        ...(left > 0 ? [`-# and ${left} older`] : []),
      ),
    ),
  ]);
}

/** The answer to `/bot token revoke`. */
export function revokedView(token: TokenFacts): View {
  return view([container(text(`🔑 Revoked: ${line(token)}`, '-# It opens nothing any more, from now on.'))]);
}

/** A token as a person picks it while typing. */
export function tokenChoice({ id, name }: TokenFacts): Choice {
  return { name: plainLine(`token ${id} · ${name}`, LIMITS.choiceName), value: String(id) };
}

function line({ id, name, createdAt, createdBy, usedAt }: TokenFacts): string {
  const use = usedAt === null ? 'never used' : `last used ${timestamp(usedAt, 'R')}`;
  return `token ${id} · **${shown(name, 40)}** · ${use} · made ${timestamp(createdAt, 'd')} by <@${createdBy}>`;
}
