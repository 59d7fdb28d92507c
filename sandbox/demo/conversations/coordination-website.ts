import type { Conversation, Line, Reported } from '../conversation.ts';
import { shows } from './formats.ts';

const split: Line[] = [
  {
    at: '22:04',
    id: 'ask',
    from: 'ana',
    say: '@nanobot Build our website while I sleep, please. I am back at eight. Good night!',
  },
  {
    at: '22:05',
    from: 'nanobot',
    replyTo: 'ask',
    say: 'Good night. I decide what is easy to undo, and keep the rest for you.',
    report: {
      type: 'coordination',
      message: 'Three tasks that need not wait for each other',
      coordinator_mode: true,
      confidence: 0.9,
    },
  },
  {
    at: '22:07',
    id: 'split',
    from: 'nanobot',
    say: '@researcher Look at the sites of three competitors.\n@creative Draft two homepages.\n@coder Set up the repository.',
  },
];

/** What researcher reads it reports over MCP as it goes: nobody wants a message for each. */
const pagesRead: Reported[] = [
  pageRead('23:02', 'https://velofix.example', 2.1),
  pageRead('23:31', 'https://radklinik.example', 3.0),
  {
    at: '23:44',
    over: 'mcp',
    run: {
      tool_name: 'fetch_page',
      tool_input: { url: 'https://bikedoc.example' },
      tool_output: {},
      tool_status: 'timeout',
      tool_error: 'no answer within 30 s; trying once more',
      duration_ms: 30_000,
    },
  },
  pageRead('00:03', 'https://bikedoc.example', 2.4),
];

function pageRead(at: string, url: string, seconds: number): Reported {
  const tool_output = { _summary: `the page takes ${seconds} s to load`, load_s: seconds };
  const run = { tool_name: 'fetch_page', tool_input: { url }, tool_output, duration_ms: seconds * 1000 };
  return { at, over: 'mcp', run: { ...run, tool_status: 'success' } };
}

const deployed: Reported = {
  at: '22:49',
  over: 'http',
  run: {
    tool_name: 'deploy_preview',
    tool_input: { branch: 'main' },
    tool_output: { _summary: 'the preview is up', url: 'https://preview.example' },
    tool_status: 'success',
    duration_ms: 41_300,
  },
};

const parallel: Line[] = [
  {
    at: '22:09',
    from: 'coder',
    say: '',
    embeds: shows.thinking('A static site is enough, and easy to undo.'),
  },
  { at: '22:19', from: 'researcher', say: '🔍 web_search: "bicycle repair booking site"' },
  {
    at: '22:31',
    from: 'coder',
    say: '',
    embeds: shows.tool('Bash', { command: 'git init website && npm create astro' }),
  },
  { at: '22:33', from: 'coder', say: '', embeds: shows.result('Project created, 214 packages.') },
  {
    at: '22:50',
    from: 'coder',
    replyTo: 'split',
    reported: [deployed],
    say: 'The repository is ready, and every push is deployed to a preview.',
  },
  {
    at: '00:12',
    from: 'researcher',
    replyTo: 'split',
    reported: pagesRead,
    say: 'Three sites read: all need 2 to 3 seconds to load. Below 1.5 we would stand out.',
  },
  {
    at: '01:20',
    from: 'creative',
    replyTo: 'split',
    say: 'Two drafts: Minimal, which loads at once, and Visual, with large pictures. Somebody has to choose.',
  },
];

const conflict: Line[] = [
  {
    at: '02:48',
    from: 'nanobot',
    say: 'All three are in. Minimal goes first: it fits what was found about load times.',
    report: {
      type: 'decision',
      category: 'coordination',
      message: 'Begin with Minimal',
      confidence: 0.85,
      alternatives: ['Visual', 'build both'],
      coordinator_mode: true,
    },
  },
  {
    at: '02:50',
    id: 'go',
    from: 'nanobot',
    say: '@coder Build the homepage after Minimal.\n@creative Write down its specs, please.',
  },
  {
    at: '05:12',
    from: 'creative',
    replyTo: 'go',
    say: 'I disagree: Visual carries the brand. Could each half of the visitors see one?',
  },
  {
    at: '05:40',
    id: 'homepage-design',
    isAnswered: true,
    from: 'nanobot',
    say: 'Two good reasons against each other. This one is for Ana.',
    report: {
      type: 'escalation',
      reason: 'Which homepage? Minimal loads faster (coder), Visual carries the brand (creative).',
      options: ['Minimal', 'Visual', 'Test both'],
      default: 'Minimal',
      severity: 'medium',
      on_timeout: 'hold',
      dedupe_key: 'homepage-design',
    },
  },
];

/** A coordinator alone with its team over night: parallel work, a choice, a conflict. */
export const coordinationWebsite: Conversation = {
  channel: 'coordination-website',
  lines: [...split, ...parallel, ...conflict],
};
