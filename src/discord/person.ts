import type { BaseInteraction } from 'discord.js';
import type { App } from '../app.ts';
import type { Author } from '../domain/author.ts';
import { OPTED_OUT } from '../domain/opt-out.ts';

/** The person behind an interaction, under the name they have in the server, as it may be stored. */
export function personOf(
  { member, user, guildId }: BaseInteraction,
  { maskName, optOuts }: Pick<App, 'maskName' | 'optOuts'>,
): Author {
  if (guildId !== null && optOuts.has(guildId, user.id)) return OPTED_OUT;
  const name = member && 'displayName' in member ? member.displayName : user.displayName;
  return { key: user.id, name: maskName(name), kind: 'person' };
}
