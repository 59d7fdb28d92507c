/** @import { Channel, Guild, Member, Place, Role, Sight, User } from '../types.d.ts' */

export const DIRECT = '@me';

export const ChannelKind = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  news: 5,
  newsThread: 10,
  thread: 11,
  privateThread: 12,
  forum: 15,
};

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const Permission = {
  addReactions: 1n << 6n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  attachFiles: 1n << 15n,
  useCommands: 1n << 31n,
  createThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
};

/** @param {Channel} channel @param {bigint} wanted */
export function may(channel, wanted) {
  return (BigInt(channel.permissions) & wanted) === wanted;
}

/** @param {Channel} channel */
export function isThread({ type }) {
  return type === ChannelKind.thread || type === ChannelKind.privateThread || type === ChannelKind.newsThread;
}

/** @param {Channel} channel */
export function maySend(channel) {
  if (channel.thread_metadata?.locked) return false;
  return may(channel, isThread(channel) ? Permission.sendInThreads : Permission.sendMessages);
}

/** @param {Sight} sight @param {string} id @returns {Guild | undefined} */
export function guildOf(sight, id) {
  return sight.guilds.find((guild) => guild.id === id);
}

/** @param {Sight} sight @param {string | null} id @returns {Channel | undefined} */
export function channelOf(sight, id) {
  for (const guild of sight.guilds) {
    const found = [...guild.channels, ...guild.threads].find((channel) => channel.id === id);
    if (found) return found;
  }
  return sight.dms.find((channel) => channel.id === id);
}

/** Where one can write, as a client lists it: outside categories first, then category by category. @param {Guild} guild */
export function channelTree(guild) {
  const byPosition = (/** @type {Channel} */ a, /** @type {Channel} */ b) =>
    (a.position ?? 0) - (b.position ?? 0);
  const categories = guild.channels.filter(({ type }) => type === ChannelKind.category).sort(byPosition);
  const rooms = guild.channels.filter(({ type }) => type !== ChannelKind.category).sort(byPosition);
  const ids = new Set(categories.map(({ id }) => id));
  return [
    { category: null, channels: rooms.filter(({ parent_id: parent }) => !parent || !ids.has(parent)) },
    ...categories.map((category) => ({
      category,
      channels: rooms.filter((room) => room.parent_id === category.id),
    })),
  ];
}

/** Threads that a channel's list shows: those that are not archived. @param {Guild} guild @param {string} channelId */
export function threadsIn(guild, channelId) {
  return guild.threads.filter(
    (thread) => thread.parent_id === channelId && !thread.thread_metadata?.archived,
  );
}

/** Where one comes in: the first channel of the first server. @param {Sight} sight @returns {Place} */
export function firstPlace(sight) {
  for (const guild of sight.guilds) {
    const channel = channelTree(guild).flatMap(({ channels }) => channels)[0];
    if (channel) return { guildId: guild.id, channelId: channel.id, messageId: null };
  }
  return { guildId: DIRECT, channelId: sight.dms[0]?.id ?? null, messageId: null };
}

/** @param {Channel} channel */
export function channelName(channel) {
  if (channel.type !== ChannelKind.dm) return channel.name;
  return (channel.recipients ?? []).map((user) => shownName(user)).join(', ');
}

/** @param {User | undefined} user @param {{ nick?: string | null | undefined }} [member] */
export function shownName(user, member) {
  return member?.nick ?? user?.global_name ?? user?.username ?? 'Unknown';
}

/** @param {Guild | undefined} guild @param {string} userId @returns {Member | undefined} */
export function memberOf(guild, userId) {
  return guild?.members.find(({ user }) => user.id === userId);
}

/** Everybody whom the person can meet. @param {Sight} sight @param {string} id @returns {User | undefined} */
export function userOf(sight, id) {
  if (sight.you.id === id) return sight.you;
  for (const guild of sight.guilds) {
    const member = memberOf(guild, id);
    if (member) return member.user;
  }
  return sight.dms.flatMap(({ recipients }) => recipients ?? []).find((user) => user.id === id);
}

/** The colour of a member's name: of the highest role that has one; 0 for none. @param {Guild | undefined} guild @param {string} userId */
export function nameColour(guild, userId) {
  const roles = rolesOf(guild, userId);
  return roles.find(({ color }) => color !== 0)?.color ?? 0;
}

/** A member's roles, the highest first. @param {Guild | undefined} guild @param {string} userId @returns {Role[]} */
export function rolesOf(guild, userId) {
  const own = new Set(memberOf(guild, userId)?.roles);
  return (guild?.roles ?? []).filter(({ id }) => own.has(id)).sort((a, b) => b.position - a.position);
}

const LINK = /^https?:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com(\/channels\/.*)$/;

/** What an address names: a path of this page, or a link to Discord that means a place in it. @param {string} address @returns {Place | null} */
export function placeOf(address) {
  const path = LINK.exec(address)?.[1] ?? address;
  const match = /^\/channels\/(@me|\d{1,20})(?:\/(\d{1,20}))?(?:\/(\d{1,20}))?\/?$/.exec(path);
  if (match === null) return null;
  const [, guildId = DIRECT, channelId = null, messageId = null] = match;
  return { guildId, channelId, messageId };
}

/** @param {Place} place */
export function pathOf({ guildId, channelId, messageId }) {
  return `/channels/${[guildId, channelId, messageId].filter(Boolean).join('/')}`;
}
