import type { APIMessage } from 'discord-api-types/v10';
import type { Message } from '../world.ts';
import type { Place } from './place.ts';

/** See {@link Place.waitFor}. Time here is the test's own, not the sandbox's clock. */
export function waitForMessage(
  place: Place,
  matches: (message: APIMessage) => boolean,
  timeoutMs: number,
): Promise<APIMessage> {
  const known = place.see().find((message) => matches(message));
  if (known !== undefined) return Promise.resolve(known);
  const { messageListeners } = place.core.events;
  return new Promise((resolve, reject) => {
    const stop = () => {
      messageListeners.delete(listener);
      clearTimeout(timer);
    };
    const listener = (message: Message) => {
      if (!place.concerns(message)) return;
      const view = place.view(message);
      if (!matches(view)) return;
      stop();
      resolve(view);
    };
    const timer = setTimeout(() => {
      stop();
      const last = place.see().at(-1)?.content ?? 'nothing';
      reject(new Error(`No such message came within ${timeoutMs} ms; the last one seen was: ${last}`));
    }, timeoutMs);
    messageListeners.add(listener);
  });
}
