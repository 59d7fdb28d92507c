import { PermissionFlagsBits } from 'discord.js';
import type { PermissionsBitField } from 'discord.js';
import { UserError } from '../errors.ts';

/** @throws UserError for a person who does not manage the server */
export function requireManager(permissions: Readonly<PermissionsBitField>): void {
  if (!permissions.has(PermissionFlagsBits.ManageGuild))
    throw new UserError('Only people with “Manage Server” choose what is recorded. Ask one of them.');
}
