import { OptionKind } from './commands.js';
import { ChannelKind, rolesOf, shownName } from './places.js';

/** @import { Channel, CommandOption, Guild, Sight, Suggestion } from '../types.d.ts' */

/** As many as Discord's own lists. */
const MOST = 25;

/**
 * What a list offers for an option without asking its application.
 * @param {CommandOption} option @param {string} typed @param {Sight} sight @param {Guild | undefined} guild @param {Channel} channel
 * @returns {Suggestion[]}
 */
export function suggestionsFor(option, typed, sight, guild, channel) {
  const wanted = typed.trim().replace(/^[@#]/, '');
  switch (option.type) {
    case OptionKind.boolean:
      return found(
        [
          { value: true, label: 'True' },
          { value: false, label: 'False' },
        ],
        wanted,
      );
    case OptionKind.user:
      return found(people(sight, guild, channel), wanted);
    case OptionKind.role:
      return found(roles(guild), wanted);
    case OptionKind.mentionable:
      return found([...people(sight, guild, channel), ...roles(guild)], wanted);
    case OptionKind.channel:
      return found(channels(guild, 'channel_types' in option ? option.channel_types : undefined), wanted);
    default: {
      const choices = 'choices' in option ? (option.choices ?? []) : [];
      return found(
        choices.map(({ name, value }) => ({ value, label: name })),
        wanted,
      );
    }
  }
}

/** @param {Sight} sight @param {Guild | undefined} guild @param {Channel} channel @returns {Suggestion[]} */
export function people(sight, guild, channel) {
  const users = guild?.members.map(({ user }) => user) ?? [sight.you, ...(channel.recipients ?? [])];
  return users.map((user) => ({
    value: user.id,
    label: `@${shownName(user)}`,
    detail: user.bot ? `${user.username} · bot` : user.username,
  }));
}

/** @param {Guild | undefined} guild @returns {Suggestion[]} */
export function roles(guild) {
  return (guild?.roles ?? []).map(({ id, name }) => ({
    value: id,
    label: id === guild?.id ? '@everyone' : `@${name}`,
    detail: id === guild?.id ? 'everybody' : `role · ${count(guild, id)}`,
  }));
}

/** @param {Guild | undefined} guild @param {string} roleId */
function count(guild, roleId) {
  const having =
    guild?.members.filter(({ user }) => rolesOf(guild, user.id).some(({ id }) => id === roleId)).length ?? 0;
  return `${having} ${having === 1 ? 'member' : 'members'}`;
}

/** @param {Guild | undefined} guild @param {readonly number[] | undefined} types @returns {Suggestion[]} */
export function channels(guild, types) {
  const all = [...(guild?.channels ?? []), ...(guild?.threads ?? [])];
  const fits = all.filter(({ type }) => (types?.length ? types.includes(type) : true));
  const parentOf = (/** @type {Channel} */ { parent_id: parent }) =>
    all.find(({ id }) => id === parent)?.name;
  return fits.map((channel) => ({
    value: channel.id,
    label: channel.type === ChannelKind.category ? channel.name : `#${channel.name}`,
    detail: channel.type === ChannelKind.category ? 'category' : parentOf(channel),
  }));
}

/** Those whose name what was typed may begin or be in. @param {Suggestion[]} all @param {string} typed */
export function found(all, typed) {
  const wanted = typed.toLowerCase();
  const place = (/** @type {Suggestion} */ { label, detail }) => {
    const at = label.toLowerCase().replace(/^[@#]/, '').indexOf(wanted);
    return at !== -1 ? at : (detail?.toLowerCase().includes(wanted) ?? false) ? 1000 : -1;
  };
  return all
    .map((one) => ({ one, at: place(one) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => Math.min(a.at, 1) - Math.min(b.at, 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

/**
 * Makes mentions of names that were typed, `@name` and `#name`; the longest name that fits. What names nothing stays.
 * @param {string} text @param {Guild | undefined} guild @param {Channel} channel
 */
export function withMentions(text, guild, channel) {
  const users = (guild?.members.map(({ user }) => user) ?? channel.recipients ?? []).flatMap((user) =>
    [user.username, shownName(user)].map((name) => ({ typed: `@${name}`, mention: `<@${user.id}>` })),
  );
  const others = [
    ...(guild?.roles ?? [])
      .filter(({ id }) => id !== guild?.id)
      .map(({ id, name }) => ({ typed: `@${name}`, mention: `<@&${id}>` })),
    ...[...(guild?.channels ?? []), ...(guild?.threads ?? [])].map(({ id, name }) => ({
      typed: `#${name}`,
      mention: `<#${id}>`,
    })),
  ];
  const names = [...users, ...others].sort((a, b) => b.typed.length - a.typed.length);
  return text.replaceAll(/(?<![\w<])[@#]\S[^\n]*/g, (rest) => mentioned(rest, names));
}

/** @param {string} rest from a sign to the end of its line @param {{ typed: string, mention: string }[]} names */
function mentioned(rest, names) {
  const parts = rest.split(/(?<![\w<])(?=[@#])/);
  return parts
    .map((part) => {
      const name = names.find(({ typed }) => {
        const isNamed = part.slice(0, typed.length).toLowerCase() === typed.toLowerCase();
        return isNamed && !/^[\w-]/.test(part.slice(typed.length));
      });
      return name === undefined ? part : name.mention + part.slice(name.typed.length);
    })
    .join('');
}
