import { render } from '/web/lib/lit-html/lit-html.js';
import { Api } from './api.js';
import { listenToKeys } from './do/keys.js';
import { goBackAndForth } from './do/places.js';
import { comeIn } from './do/visit.js';
import { savedSide } from './do/side.js';
import { savedTheme, setTheme } from './do/theme.js';
import { channelName, channelOf, placeOf } from './model/places.js';
import { page } from './views/page.js';

/** @import { App, State } from './types.d.ts' */

/** @returns {State} */
function nothingYet() {
  return {
    connection: 'connecting',
    people: [],
    personId: null,
    sight: null,
    skew: 0,
    place: placeOf(location.pathname) ?? { guildId: '', channelId: null, messageId: null },
    histories: new Map(),
    drafts: new Map(),
    commands: new Map(),
    unread: new Map(),
    typing: new Map(),
    pending: new Set(),
    failures: new Map(),
    dismissed: new Set(JSON.parse(sessionStorage.getItem('dismissed') ?? '[]')),
    editing: null,
    popup: null,
    opener: null,
    modal: null,
    drawer: null,
    guide: { title: '', tips: [] },
    side: savedSide(),
    notice: '',
    theme: savedTheme(),
  };
}

/** Where one is, and how often one is called for elsewhere. @param {App} app */
function titleOf({ state: { sight, place, unread } }) {
  const channel = sight ? channelOf(sight, place.channelId) : undefined;
  const calls = [...unread.values()].reduce((sum, { mentions }) => sum + mentions, 0);
  const name = channel ? `${channel.guild_id ? '#' : '@'}${channelName(channel)}` : 'A local Discord';
  return calls > 0 ? `(${calls}) ${name}` : name;
}

/** Begins to show the page in `root`, and goes on as things happen. @param {HTMLElement} root */
function start(root) {
  let isDue = false;
  /** @type {App} */
  const app = {
    state: nothingYet(),
    api: new Api(),
    hangUp: () => {},
    refresh() {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        app.show();
      });
    },
    show() {
      render(page(app), root);
      document.title = titleOf(app);
    },
  };
  root.replaceChildren();
  setTheme(app, app.state.theme);
  goBackAndForth(app);
  listenToKeys(app);
  app.refresh();
  return comeIn(app);
}

await start(/** @type {HTMLElement} */ (document.getElementById('app')));
