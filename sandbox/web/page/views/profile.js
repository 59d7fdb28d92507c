import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { runOnUser } from '../do/interact.js';
import { go } from '../do/places.js';
import { closePopup } from '../do/popups.js';
import { attempt } from '../do/tell.js';
import { DIRECT, guildOf, memberOf, rolesOf, shownName, userOf } from '../model/places.js';
import { avatar, botTag } from './avatar.js';

/** @import { App, Html, Popup } from '../types.d.ts' */

/** Who somebody is, and what can be done with them. @param {App} app @param {Popup & { kind: 'profile' }} popup @returns {Html} */
export function profile(app, { userId, commands }) {
  const { sight, place, personId } = app.state;
  const user = sight ? userOf(sight, userId) : undefined;
  if (sight === null || user === undefined)
    return html`<div role="dialog" aria-label="Profile" class="card">
      <p>This one is no member here.</p>
      <button type="button" class="button secondary" @click=${() => closePopup(app)}>Close</button>
    </div>`;
  const guild = guildOf(sight, place.guildId);
  const roles = rolesOf(guild, userId);
  const write = async () => {
    closePopup(app);
    const dm = await attempt(app, () => app.api.act('dm', place.channelId ?? '', { user: userId }));
    if (dm === undefined) return;
    const { id } = /** @type {{ id: string }} */ (dm);
    go(app, { guildId: DIRECT, channelId: id, messageId: null });
  };
  return html`<div role="dialog" aria-label="Profile of ${shownName(user)}" class="card">
    ${avatar(user, 'large')}
    <h2>${shownName(user, memberOf(guild, userId))} ${botTag(user)}</h2>
    <p class="muted">${user.username}</p>
    ${
      roles.length > 0
        ? html`<ul class="roles" aria-label="Roles">
            ${roles.map(({ name }) => html`<li>${name}</li>`)}
          </ul>`
        : nothing
    }
    <div class="row">
      ${userId === personId ? nothing : html`<button type="button" class="button primary" @click=${write}>Message</button>`}
      ${(commands ?? []).map((command) => html`<button type="button" class="button secondary" @click=${() => runOnUser(app, place.channelId ?? '', userId, command)}>${command.name}</button>`)}
      <button type="button" class="button secondary" @click=${() => closePopup(app)}>Close</button>
    </div>
  </div>`;
}
