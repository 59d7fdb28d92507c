import type { NightLine } from './night.ts';

const block = (fields: object) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;

/** A coordinator alone with its team: work side by side, a choice, a conflict, and nobody awake to settle it. */
export const OVERNIGHT: readonly NightLine[] = [
  { at: '22:04', from: 'ana', say: 'Build our website while I sleep' },
  {
    at: '22:05',
    from: 'nanobot',
    say: block({
      level: 'coordination',
      category: 'coordination',
      message: 'Nobody is awake: I coordinate until the morning',
      coordinator_mode: true,
    }),
  },
  {
    at: '22:06',
    from: 'nanobot',
    say: '@researcher Analyse 3 competitor sites. @creative Draft the homepage. @coder Set up the repository. All at once, please.',
  },
  {
    at: '23:10',
    from: 'researcher',
    say: 'All 3 sites analysed. They load in 2.3 s on average; all use React.',
  },
  {
    at: '23:40',
    from: 'creative',
    say: '2 drafts are ready. Minimalist loads at once, visual shows the brand. Somebody has to choose.',
  },
  { at: '23:55', from: 'coder', say: 'The repository is ready. I can start to implement.' },
  { at: '00:10', from: 'nanobot', say: 'All three are back. What holds us up is the choice of the design.' },
  {
    at: '00:12',
    from: 'nanobot',
    say: block({
      level: 'decision',
      category: 'coordination',
      message: 'Minimalist: it fits what we learned about load times',
      coordinator_mode: true,
      confidence: 0.85,
    }),
  },
  { at: '00:15', from: 'nanobot', say: '@coder Build the minimalist one. @creative Give coder the specs.' },
  {
    at: '01:20',
    from: 'creative',
    say: 'I respectfully disagree: visual carries the brand. Shall we test both?',
  },
  {
    at: '01:30',
    from: 'nanobot',
    say: block({
      type: 'escalation',
      reason: 'Minimalist (coder: faster) or visual (creative: stronger brand)?',
      options: ['Minimalist', 'Visual', 'Test both'],
    }),
  },
];
