/** @import { App, Side } from '../types.d.ts' */

/** From this width on there is room for three columns: the same as in layout.css. */
const NARROW = '(max-width: 900px)';

/** What stood at the right when one was here last; at first the guide. @returns {Side | null} */
export function savedSide() {
  const saved = localStorage.getItem('side');
  return saved === 'members' || saved === 'none' ? (saved === 'none' ? null : saved) : 'guide';
}

/** Whether this stands at the right now. @param {App} app @param {Side} side */
export function isOpen({ state }, side) {
  return sideOf(state) === side && (state.drawer === 'side' || !matchMedia(NARROW).matches);
}

/** Without a guide there are the members. @param {App['state']} state @returns {Side | null} */
export function sideOf({ side, guide }) {
  return side === 'guide' && guide.tips.length === 0 ? 'members' : side;
}

/** @param {App} app @param {Side} side */
export function toggleSide(app, side) {
  const { state } = app;
  const wasOpen = isOpen(app, side);
  if (matchMedia(NARROW).matches) Object.assign(state, { side, drawer: wasOpen ? null : 'side' });
  else {
    state.side = wasOpen ? null : side;
    localStorage.setItem('side', state.side ?? 'none');
  }
  app.refresh();
}
