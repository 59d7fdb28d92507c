/** @import { Guide, Message, Sight } from './types.d.ts' */
/**
 * @typedef {{ sight(sight: Sight): void, message(message: Message): void,
 *   gone(what: { channel_id: string, id?: string, ids?: string[] }): void,
 *   typing(who: { channel_id: string, user_id: string }): void, guide(guide: Guide): void, lost(): void }} Listener
 */

/**
 * Opens the stream of what changes for a visit's person.
 * @param {string} token @param {Listener} listener
 * @returns {() => void} what closes it, without `lost` being called
 */
export function listen(token, listener) {
  const socket = new WebSocket(`ws://${location.host}/web/socket`);
  let isWanted = true;
  socket.addEventListener('open', () => socket.send(JSON.stringify({ visit: token })));
  socket.addEventListener('message', ({ data }) => {
    if (!isWanted) return;
    const { type, data: said } = JSON.parse(data);
    if (type === 'sight') listener.sight(said);
    else if (type === 'message') listener.message(said);
    else if (type === 'gone') listener.gone(said);
    else if (type === 'typing') listener.typing(said);
    else if (type === 'guide') listener.guide(said);
  });
  socket.addEventListener('close', () => isWanted && listener.lost());
  return () => {
    isWanted = false;
    socket.close();
  };
}
