import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import type { Application } from '../world.ts';

/** An application's public flags: each privileged intent that is switched on in the portal shows as its limited flag. */
export function applicationFlags(application: Application): number {
  const flagOf: [number, number][] = [
    [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
    [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
    [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
  ];
  return flagOf
    .filter(([intent]) => (application.privilegedIntents & intent) !== 0)
    .reduce((flags, [, flag]) => flags | flag, 0);
}

export function readsContent(application: Application): boolean {
  return (application.privilegedIntents & GatewayIntentBits.MessageContent) !== 0;
}
