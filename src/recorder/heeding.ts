import type { Store } from '../store/store.ts';
import type { Recorder } from './recorder.ts';

/** The store as people's commands use it: what they say of a bot is heeded by the recorder from the next message on. */
export function heededBy(recorder: Pick<Recorder, 'forget' | 'knowOptedOut'>, store: Store): Store {
  return {
    ...store,
    people: {
      ...store.people,
      async optOut(person, at) {
        const workspaces = await store.workspaces.list();
        const own = workspaces.filter(({ guildId }) => guildId === person.guildId);
        recorder.knowOptedOut(
          own.map(({ id }) => id),
          person.names,
        );
        await store.people.optOut(person, at);
      },
    },
    bots: {
      ...store.bots,
      async describe(key, what) {
        await store.bots.describe(key, what);
        recorder.forget(key);
      },
    },
  };
}
