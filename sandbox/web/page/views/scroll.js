/** @import { App } from '../types.d.ts' */

/** So near to its end a list counts as being there, px. */
const NEAR = 60;

/**
 * Keeps a channel's list at its end while the person is there, whatever grows in it, and shows the message that the address
 * names when it is there.
 * @param {App} app @param {string} channelId
 * @returns {(element: Element | undefined) => void}
 */
export function scrolled(app, channelId) {
  return (element) => {
    if (!(element instanceof HTMLElement)) return;
    if (element.dataset['channel'] === undefined) watch(element);
    if (element.dataset['channel'] !== channelId) {
      Object.assign(element.dataset, { channel: channelId, jumped: '', atEnd: 'true' });
    }
    requestAnimationFrame(() => settle(app, element));
  };
}

/** @param {HTMLElement} element */
function watch(element) {
  const toEnd = () => {
    if (element.dataset['atEnd'] === 'true') element.scrollTop = element.scrollHeight;
  };
  element.addEventListener(
    'scroll',
    () => {
      const left = element.scrollHeight - element.clientHeight - element.scrollTop;
      element.dataset['atEnd'] = String(left < NEAR);
    },
    { passive: true },
  );
  const observer = new ResizeObserver(toEnd);
  observer.observe(element);
  for (const child of element.querySelectorAll('.messages')) observer.observe(child);
}

/** @param {App} app @param {HTMLElement} element */
function settle({ state: { place } }, element) {
  const { messageId } = place;
  if (messageId !== null && element.dataset['jumped'] !== messageId) {
    const message = document.getElementById(`m-${messageId}`);
    if (message === null) return;
    Object.assign(element.dataset, { jumped: messageId, atEnd: 'false' });
    message.scrollIntoView({ block: 'center' });
    message.focus({ preventScroll: true });
  } else if (element.dataset['atEnd'] === 'true') element.scrollTop = element.scrollHeight;
}

/** Arrows go from message to message; from there the tab key goes to what one offers. @param {KeyboardEvent} event */
export function moveAmongMessages(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const here = event.target instanceof HTMLElement && event.target.matches('.message') ? event.target : null;
  if (here === null && event.target !== list) return;
  const messages = [...list.querySelectorAll('.message')];
  const at = here === null ? messages.length : messages.indexOf(here);
  /** @type {Record<string, number>} */
  const goals = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 };
  const goal = messages[goals[event.key] ?? -1];
  if (!(goal instanceof HTMLElement)) return;
  event.preventDefault();
  goal.focus();
}
