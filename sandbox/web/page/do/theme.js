/** @import { App } from '../types.d.ts' */

/** What was chosen here before, or else what the system asks for. @returns {'dark' | 'light'} */
export function savedTheme() {
  const saved = localStorage.getItem('theme');
  if (saved === 'dark' || saved === 'light') return saved;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** @param {App} app @param {'dark' | 'light'} theme */
export function setTheme(app, theme) {
  app.state.theme = theme;
  document.documentElement.dataset['theme'] = theme;
  app.refresh();
}

/** @param {App} app */
export function switchTheme(app) {
  const theme = app.state.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  setTheme(app, theme);
}
