import type { BaseInteraction } from 'discord.js';
import type { App } from '../app.ts';
import type { Author } from '../domain/author.ts';

/** The person behind an interaction, under the name they have in the server, as it may be stored. */
export function personOf({ member, user }: BaseInteraction, { mask }: Pick<App, 'mask'>): Author {
  const name = member && 'displayName' in member ? member.displayName : user.displayName;
  return { key: user.id, name: mask(name).text, kind: 'person' };
}
