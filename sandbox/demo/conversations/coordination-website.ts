import type { Conversation, Line } from '../conversation.ts';

const parallel: Line[] = [
  { id: 'ask', from: 'ana', say: '@nanobot Build our website while I sleep. Good night!' },
  {
    from: 'nanobot',
    replyTo: 'ask',
    say: 'Good night. I coordinate until you are back, and decide only what is easy to undo.',
  },
  {
    id: 'split',
    from: 'nanobot',
    say: '@researcher Look at the sites of three competitors.\n@creative Draft two homepages.\n@coder Set up the repository.\nAll at the same time, please.',
  },
  {
    from: 'researcher',
    replyTo: 'split',
    say: 'Three sites read: all load in 2 to 3 seconds. We would stand out below 1.5.',
  },
  { from: 'coder', replyTo: 'split', say: 'The repository is ready, deploys work.' },
  {
    from: 'creative',
    replyTo: 'split',
    say: 'Two drafts: Minimal, which loads at once, and Visual, with large pictures. Somebody has to choose.',
  },
];

const conflict: Line[] = [
  { from: 'nanobot', say: 'All three are in. Open: which draft.' },
  { from: 'nanobot', say: 'I choose Minimal (85 %): it fits what @researcher found about load times.' },
  {
    id: 'go',
    from: 'nanobot',
    say: '@coder Go ahead with Minimal.\n@creative Write the specs for it, please.',
  },
  {
    from: 'creative',
    replyTo: 'go',
    say: 'I disagree: Visual carries the brand. Could we show each to half of the visitors?',
  },
  {
    from: 'nanobot',
    say: '🚨 Escalation: the design is disputed. Coder is for Minimal (fast), creative for Visual (brand). Both are right, so @ana has to say which.',
  },
  {
    from: 'nanobot',
    say: 'Night report. Done: competitors, two drafts, repository. Waiting for you: the design.',
  },
];

/** A coordinator alone with its team over night: parallel work, a choice, a conflict. */
export const coordinationWebsite: Conversation = {
  channel: 'coordination-website',
  lines: [...parallel, ...conflict],
};
