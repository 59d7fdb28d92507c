import type { APIAllowedMentions } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { Channel } from '../world.ts';

export interface Mentions {
  mentions: string[];
  mentionRoles: string[];
  mentionEveryone: boolean;
}

export interface MentionRules {
  /** The body's `allowed_mentions`. */
  allowed: APIAllowedMentions | null | undefined;
  /** What counts when the body has none: webhooks and interactions ping users only. */
  byDefault: 'all' | 'users';
  /** The author may ping everyone and roles that are not mentionable. */
  mayMentionEveryone: boolean;
  /** The author of the message replied to. */
  repliedTo?: string | undefined;
}

/**
 * Whom a text pings, by Discord's rules for allowed mentions.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function mentionsIn(core: Core, channel: Channel, text: string, rules: MentionRules): Mentions {
  const allowed = rules.allowed ?? { parse: defaults[rules.byDefault], replied_user: true };
  const spoken = withoutCode(text);
  const users = ids(spoken, /<@!?(\d{15,20})>/g).filter(
    (id) => core.world.users.has(id) && permits(allowed, 'users', id),
  );
  if (rules.repliedTo !== undefined && allowed.replied_user === true) users.push(rules.repliedTo);
  const roles = core.world.guilds.get(channel.guildId ?? '')?.roles;
  const mentionRoles = ids(spoken, /<@&(\d{15,20})>/g).filter((id) => {
    const isPingable = rules.mayMentionEveryone || roles?.get(id)?.mentionable === true;
    return roles?.has(id) === true && isPingable && permits(allowed, 'roles', id);
  });
  return {
    mentions: [...new Set(users)],
    mentionRoles,
    mentionEveryone:
      rules.mayMentionEveryone &&
      channel.guildId !== undefined &&
      allowed.parse?.includes('everyone' as never) === true &&
      /@(everyone|here)/.test(spoken),
  };
}

const defaults = {
  all: ['users', 'roles', 'everyone'] as never[],
  users: ['users'] as never[],
};

function permits(allowed: APIAllowedMentions, kind: 'users' | 'roles', id: string): boolean {
  return allowed.parse?.includes(kind as never) === true || allowed[kind]?.includes(id) === true;
}

function ids(text: string, pattern: RegExp): string[] {
  if (!text.includes('<@')) return [];
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]!))];
}

/** Nobody is pinged from inside code. */
function withoutCode(text: string): string {
  return text.includes('`') ? text.replace(/```[\s\S]*?```|``[\s\S]*?``|`[^`\n]*`/g, ' ') : text;
}
