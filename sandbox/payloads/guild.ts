import type { Guild, Member, Role, World } from '../world.ts';
import { timestamp } from './time.ts';
import { userPayload } from './user.ts';

/** https://docs.discord.com/developers/topics/permissions#role-object */
export function rolePayload(role: Role) {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.botId !== undefined && { tags: { bot_id: role.botId } }),
  };
}

/** A member without its user, as messages carry it. */
export function bareMemberPayload(member: Member) {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: member.timedOutUntil === null ? null : timestamp(member.timedOutUntil),
    flags: 0,
    joined_at: timestamp(member.joinedAt),
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
export function memberPayload(world: World, member: Member) {
  return { ...bareMemberPayload(member), user: userPayload(world.users.get(member.userId)!) };
}

/** https://docs.discord.com/developers/resources/guild#guild-object */
export function guildPayload(guild: Guild) {
  return {
    ...settings,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: [...guild.roles.values()].map(rolePayload),
    features: [],
    emojis: [],
    stickers: [],
  };
}

/** What a server has when nobody changed its settings. */
const settings = {
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  application_id: null,
  region: 'us-east',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  incidents_data: null,
};
