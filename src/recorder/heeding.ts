import type { Store } from '../store/store.ts';
import type { Journal } from './journal.ts';
import type { Recorder } from './recorder.ts';

/**
 * The store as people's commands use it: what they say of a bot is heeded by the recorder from the next message on, and what is to be
 * erased is erased from what was noted only, too.
 */
export function heededBy(
  recorder: Pick<Recorder, 'forget' | 'knowOptedOut' | 'letGoOptedOut' | 'place'>,
  journal: Pick<Journal, 'recordAll'>,
  store: Store,
): Store {
  const { erasure } = store;
  return {
    ...store,
    erasure: {
      ...erasure,
      async expire(expiry) {
        await journal.recordAll();
        return erasure.expire(expiry);
      },
      async forget(person, at, knownUntil) {
        await journal.recordAll();
        return erasure.forget(person, at, knownUntil);
      },
      async eraseGuild(guild, at) {
        await journal.recordAll();
        return erasure.eraseGuild(guild, at);
      },
    },
    people: {
      ...store.people,
      async optOut(person, at) {
        recorder.knowOptedOut(person);
        await store.people.optOut(person, at);
      },
      async optIn(person) {
        await store.people.optIn(person);
        recorder.letGoOptedOut(person);
      },
    },
    workspaces: {
      ...store.workspaces,
      async map(mapping, at, notice) {
        const workspace = await store.workspaces.map(mapping, at, notice);
        recorder.place(workspace);
        return workspace;
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
