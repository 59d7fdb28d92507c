import type { PageGuide } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import type { Standing } from './show.ts';

type Tip = PageGuide['tips'][number];

/** When reports come where nothing else is set. */
export const MORNING = '08:00';

/** What stands beside the chat in a browser: what can be tried, each where it is best seen. */
export function pageGuide(cast: Cast, at: Standing): PageGuide {
  const { guest, owner, people, channels } = cast;
  const project = channels.get('project-refactor')!;
  const website = channels.get('coordination-website')!;
  const title = `Try ${guest.username}`;
  if (!at.isTold) {
    const text =
      'Agents are at work in these channels, from the evening to the morning. Look around: it takes a minute.';
    return { title, tips: [{ text }, { text: 'The night is here.', channel: website }] };
  }
  return {
    title,
    tips: [
      {
        text: 'How did it go? **/explain** tells it step by step. Unfold it with the buttons below the answer.',
        channel: project,
        type: '/explain',
      },
      {
        text: 'Ask as you would ask a colleague: **/how** `why 100 a minute?`',
        channel: project,
        type: '/how',
      },
      {
        text: '**nanobot needs a decision.** Press a button of its card: nanobot reads the answer and goes on.',
        channel: project,
      },
      ...learning(cast),
      {
        text: 'Not all is said in chat: researcher’s program reports its tools over **MCP**, coder’s over HTTP.',
        channel: website,
      },
      morning(at, website),
      {
        text: 'What is behind a message? Point at it, press its puzzle piece (Apps): **Explain this**.',
        channel: project,
      },
      {
        text: 'The outsider sees neither these channels nor what was recorded in them.',
        as: people.get('outsider')!,
      },
      { text: 'And back: Ana owns the server.', as: owner, channel: project },
    ],
  };
}

/** The time goes on as in the visitor's own world, which is too slow for a night. */
export function morning({ night, jump }: Standing, channel: { id: string }): Tip {
  if (!night.isBefore(MORNING))
    return { text: `It is past ${MORNING}: the report of what was done is there.`, channel };
  const text = `It is ${night.time} here. At ${MORNING} comes the report of what was done, with a picture.`;
  return { text, channel, action: { label: `Jump to ${MORNING}`, run: jump } };
}

/** Where the bot shares what agents learn. */
function learning({ owner, channels }: Cast): Tip[] {
  const channel = channels.get('project-refactor')!;
  const isOffered = owner
    .in(channel)
    .commands()
    .some(({ command }) => command.name === 'insights');
  if (!isOffered) return [];
  const text = 'nanobot has learned something that the others could use. **Approve** it, or not.';
  return [{ text, channel, type: '/insights review' }];
}
