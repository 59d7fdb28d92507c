import type { Caller, Doors } from './doors.ts';
import { AgentError } from './errors.ts';
import { isSecretOf, readToken } from './secret.ts';
import type { Tokens } from './tokens.ts';

/** The last use of a token is noted once in so long, in ms. */
const NOTED_EVERY = 60_000;

const REFUSED =
  'A valid token is needed: `Authorization: Bearer wlt_…`. `/bot token create` in Discord makes one.';

/**
 * The bot that a token stands for, as it is in Discord at this moment.
 *
 * @throws AgentError that does not tell an unknown token from a wrong or revoked one
 */
export async function authenticate(doors: Doors, authorization: string | undefined): Promise<Caller> {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  const { tokens, now } = doors.app;
  const read = readToken(given);
  const token = read && (await tokens.get(read.id));
  const isRight = isSecretOf(read?.secret ?? '', token?.hash ?? '');
  if (!token || !isRight || token.revokedAt !== null) throw new AgentError('unauthorized', REFUSED);
  const member = await doors.member(token.guildId, token.botKey);
  if (!member) {
    // The data of a server that has sent the bot away is deleted meanwhile, and the token with it.
    tokens.forget(token.guildId);
    throw new AgentError('forbidden', 'The bot of this token is not in the server any more.');
  }
  await noteUse(tokens, token, now());
  const bot = { key: member.id, name: member.displayName, kind: 'bot' as const };
  return { tokenId: token.id, guildId: token.guildId, bot, member };
}

async function noteUse(
  tokens: Tokens,
  { id, usedAt }: { id: number; usedAt: number | null },
  now: number,
): Promise<void> {
  if (usedAt === null || now - usedAt >= NOTED_EVERY) await tokens.used(id, now);
}
