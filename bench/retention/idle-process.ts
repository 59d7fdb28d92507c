import { watchPauses } from './pauses.ts';

/** Does nothing, and says how long it stood still all the same: at each message, since the one before. */
let watched = watchPauses();

process.on('message', () => {
  process.send!(watched.end());
  watched = watchPauses();
});
