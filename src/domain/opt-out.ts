import type { Author } from './author.ts';

/** Who wrote what a person wrote who opted out: all of them are one to us. */
export const OPTED_OUT: Author = { key: 'opted-out', name: 'someone who opted out', kind: 'person' };

/** All that is recorded of what they wrote. */
export const OPTED_OUT_TEXT = 'A person who opted out wrote here.';
