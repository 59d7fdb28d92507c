import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { openProfile } from '../do/popups.js';
import { sideOf } from '../do/side.js';
import { channelOf, guildOf, rolesOf, shownName } from '../model/places.js';
import { avatar, botTag, tintedName } from './avatar.js';

/** @import { App, Guild, Html, Member } from '../types.d.ts' */

/** Who reads along in the channel of now, by their highest role that is shown apart. @param {App} app @returns {Html} */
export function members(app) {
  const { sight, place, drawer } = app.state;
  if (sideOf(app.state) !== 'members') return nothing;
  const guild = sight ? guildOf(sight, place.guildId) : undefined;
  const channel = sight ? channelOf(sight, place.channelId) : undefined;
  if (!sight || !guild || !channel) return nothing;
  const room = channel.viewers === undefined ? channelOf(sight, channel.parent_id ?? null) : channel;
  const here = guild.members.filter(({ user }) => room?.viewers?.includes(user.id));
  return html`<aside class="side members ${drawer === 'side' ? 'open' : ''}" aria-label="Members">
    ${groupsOf(guild, here).map(
      ([name, all]) =>
        html`<h3>${name} — ${all.length}</h3>
          <ul>
            ${all.map((member) => row(app, guild, member))}
          </ul>`,
    )}
  </aside>`;
}

/** @param {Guild} guild @param {Member[]} here @returns {[string, Member[]][]} */
function groupsOf(guild, here) {
  /** @type {Map<string, Member[]>} */
  const groups = new Map();
  const hoisted = guild.roles.filter(({ hoist }) => hoist).sort((a, b) => b.position - a.position);
  for (const { name } of hoisted) groups.set(name, []);
  groups.set('People', []);
  groups.set('Bots', []);
  for (const member of here) {
    const role = rolesOf(guild, member.user.id).find(({ hoist }) => hoist);
    groups.get(role?.name ?? (member.user.bot ? 'Bots' : 'People'))?.push(member);
  }
  return [...groups].filter(([, all]) => all.length > 0);
}

/** @param {App} app @param {Guild} guild @param {Member} member @returns {Html} */
function row(app, guild, member) {
  const { user } = member;
  const isOwner = guild.owner_id === user.id;
  return html`<li>
    <button
      type="button"
      class="member"
      @click=${(/** @type {Event} */ event) => openProfile(app, event, user.id)}
    >
      ${avatar(user, 'small')}<span class="author" ${tintedName(guild, user)}
        >${shownName(user, member)}</span
      >
      ${botTag(user)}${isOwner ? html`<span class="crown" role="img" aria-label="Server owner" title="Server owner">👑</span>` : nothing}
    </button>
  </li>`;
}
