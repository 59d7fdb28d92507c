import type { ChannelType } from 'discord-api-types/v10';
import type { ChannelOptions } from '../actions/channels.ts';
import type { ThreadChange } from '../actions/thread-changes.ts';
import type { ThreadOptions } from '../actions/threads.ts';
import {
  anything,
  boolean,
  integer,
  list,
  object,
  oneOf,
  permissionBits,
  snowflake,
  string,
} from '../validate/checks.ts';
import type { Check } from '../validate/checks.ts';
import type { Overwrite } from '../world.ts';

/** Limits: https://docs.discord.com/developers/resources/channel */
const name = string({ min: 1, max: 100 });
const slowmode = integer({ min: 0, max: 21_600 });
const autoArchive = oneOf([60, 1440, 4320, 10080]);

const overwrite = object(
  { id: snowflake, type: oneOf([0, 1]), allow: permissionBits, deny: permissionBits },
  ['id'],
);

const channelFields = {
  name,
  type: oneOf([0, 2, 4, 5, 13, 14, 15]),
  topic: string({ max: 4096 }),
  position: integer(),
  nsfw: boolean,
  rate_limit_per_user: slowmode,
  parent_id: snowflake,
  permission_overwrites: list(overwrite, { max: 100 }),
  ...Object.fromEntries(
    [
      'bitrate',
      'user_limit',
      'rtc_region',
      'video_quality_mode',
      'default_auto_archive_duration',
      'default_reaction_emoji',
      'default_thread_rate_limit_per_user',
      'default_sort_order',
      'default_forum_layout',
      'default_tag_setting',
      'flags',
      'available_tags',
    ].map((field) => [field, anything]),
  ),
};

const threadFields = {
  name,
  auto_archive_duration: autoArchive,
  rate_limit_per_user: slowmode,
  invitable: boolean,
};

/** The body that changes a channel or, with a name demanded, makes one. */
export function channelForm(required: readonly string[] = []): Check {
  return object(channelFields, required);
}

/** The body that changes a thread. */
export function threadForm(): Check {
  const more = { archived: boolean, locked: boolean, flags: anything, applied_tags: list(snowflake) };
  return object({ ...threadFields, ...more });
}

/** The body that starts a thread; a forum's carries the first message. */
export function newThreadForm(isPost: boolean): Check {
  const more = isPost ? { message: anything, applied_tags: list(snowflake) } : { type: oneOf([10, 11, 12]) };
  return object({ ...threadFields, ...more }, isPost ? ['name', 'message'] : ['name']);
}

interface ChannelJson {
  name?: string;
  type?: ChannelType;
  topic?: string | null;
  position?: number | null;
  nsfw?: boolean | null;
  rate_limit_per_user?: number | null;
  parent_id?: string | null;
  permission_overwrites?: { id: string; type?: 0 | 1; allow?: string; deny?: string }[] | null;
}

/** A checked channel body in our words; what is not named stays. */
export function channelChangeOf(json: object): Partial<ChannelOptions> & { overwrites?: Overwrite[] } {
  const body = json as ChannelJson;
  const { type, topic, position, nsfw, rate_limit_per_user: slow, parent_id: parentId } = body;
  return {
    ...(body.name !== undefined && { name: body.name.trim() }),
    ...(typeof type === 'number' && { type }),
    ...(topic !== undefined && { topic }),
    ...(typeof position === 'number' && { position }),
    ...(typeof nsfw === 'boolean' && { nsfw }),
    ...(typeof slow === 'number' && { rateLimitPerUser: slow }),
    ...(parentId !== undefined && { parentId }),
    ...(body.permission_overwrites && { overwrites: body.permission_overwrites.map(overwriteOf) }),
  };
}

function overwriteOf({
  id,
  type = 0,
  allow = '0',
  deny = '0',
}: { id: string } & Record<string, unknown>): Overwrite {
  return { id, type: type as 0 | 1, allow: BigInt(String(allow)), deny: BigInt(String(deny)) };
}

interface ThreadJson {
  name?: string;
  type?: ChannelType;
  archived?: boolean;
  locked?: boolean;
  invitable?: boolean;
  auto_archive_duration?: 60 | 1440 | 4320 | 10080;
  rate_limit_per_user?: number;
}

export function threadChangeOf(json: object): ThreadChange {
  const { name: wanted, archived, locked, invitable, ...rest } = json as ThreadJson;
  return {
    ...(wanted !== undefined && { name: wanted }),
    ...(archived !== undefined && { archived }),
    ...(locked !== undefined && { locked }),
    ...(invitable !== undefined && { invitable }),
    ...(rest.auto_archive_duration && { autoArchiveMinutes: rest.auto_archive_duration }),
    ...(typeof rest.rate_limit_per_user === 'number' && { rateLimitPerUser: rest.rate_limit_per_user }),
  };
}

export function newThreadOf(json: object): ThreadOptions {
  const { name: wanted, type, invitable, ...rest } = json as ThreadJson & { name: string };
  return {
    name: wanted,
    ...(typeof type === 'number' && { type }),
    ...(typeof invitable === 'boolean' && { invitable }),
    ...(rest.auto_archive_duration && { autoArchiveMinutes: rest.auto_archive_duration }),
    ...(typeof rest.rate_limit_per_user === 'number' && { rateLimitPerUser: rest.rate_limit_per_user }),
  };
}
