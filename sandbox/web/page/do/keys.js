import { closePopup } from './popups.js';

/** @import { App } from '../types.d.ts' */

/** What keys do wherever one is: Escape closes what is on top. @param {App} app */
export function listenToKeys(app) {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const { state } = app;
    if (state.popup !== null) closePopup(app);
    else if (state.drawer !== null) state.drawer = null;
    else return;
    event.preventDefault();
    app.refresh();
  });
}
