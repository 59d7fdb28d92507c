import type { PageGuide } from '../sandbox.ts';
import type { Cast } from './cast.ts';

/** What stands beside the chat in a browser: what can be tried, each where it is best seen. */
export function pageGuide({ guest, people, channels }: Cast): PageGuide {
  const project = channels.get('project-refactor')!;
  const website = channels.get('coordination-website')!;
  return {
    title: `Try ${guest.username}`,
    tips: [
      { text: 'How did it go? **/explain** tells it step by step.', channel: project, type: '/explain' },
      {
        text: 'Ask as you would ask a colleague: **/how** `why did you escalate`',
        channel: project,
        type: '/how',
      },
      {
        text: 'Point at a message, press its puzzle piece (Apps) and choose **Explain this**.',
        channel: project,
      },
      {
        text: 'Four agents worked on a website over night. What came of it?',
        channel: website,
        type: '/explain',
      },
      { text: 'What was there lately? **/workspace-logs**', channel: website, type: '/workspace-logs' },
      {
        text: 'The outsider sees neither these channels nor what was recorded in them.',
        as: people.get('outsider')!,
      },
      { text: 'And back: Ana owns the server.', as: people.get('ana')!, channel: project },
    ],
  };
}
