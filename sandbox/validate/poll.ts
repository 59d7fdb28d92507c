import { anything, boolean, integer, list, object, oneOf, string, type Check } from './checks.ts';
import { emoji } from './parts.ts';

/** A poll as it is created: https://docs.discord.com/developers/resources/poll#poll-create-request-object */
export const poll: Check = object(
  {
    question: object({ text: string({ min: 1, max: 300 }), emoji: anything }, ['text']),
    answers: list(
      object({ answer_id: anything, poll_media: object({ text: string({ min: 1, max: 55 }), emoji }) }, [
        'poll_media',
      ]),
      {
        min: 1,
        max: 10,
      },
    ),
    duration: integer({ min: 1, max: 768 }),
    allow_multiselect: boolean,
    layout_type: oneOf([1]),
  },
  ['question', 'answers'],
);
