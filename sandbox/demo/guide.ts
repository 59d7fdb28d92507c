import type { Bot } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import type { Screen } from './screen.ts';
import { wrap } from './render/width.ts';

/** The first that is said: where to look. It is there before the bot is. */
export function address(
  { discord, guest }: Cast,
  { paint, width }: Screen,
  notes: readonly string[],
): string[] {
  return [
    '',
    `  ${guest.username} has a Discord here. Open it in a browser:`,
    `  ${paint('bold', discord.url)}`,
    '',
    ...notes.flatMap((note) => wrap(note, width)),
  ];
}

/** What stands at the top of the talk: who is in it. */
export function welcome({ guild }: Cast, { width }: Screen): string[] {
  return [
    ...wrap(
      `No account, no internet, nothing leaves this machine. In the server “${guild.name}” Ana, who owns it, and her ` +
        'colleague Ben work with the agents nanobot, researcher, coder and creative. An outsider is there too. ' +
        'Some of the work is in no message: researcher’s program reports it over MCP, coder’s over HTTP. ' +
        '(With --fast their talk is over at once: npm start -- --fast)',
      width,
    ),
  ];
}

const TRY: [typed: string, why: string][] = [
  ['/explain mode:debug', 'all that is known of each step'],
  ['/how question: why 100 a minute', 'a plain question'],
  ['/escalations', 'what waits for you; its buttons have numbers'],
  ['/how question: what did @researcher find', 'about one agent'],
  ['/workspace-logs', 'the latest sessions'],
  ['explain this 6', 'what is behind message 6'],
  ['#login-rate-limit', 'goes to the thread; /explain there'],
  ['#coordination-website', 'over night; what came over MCP: /explain mode:debug'],
  ['as outsider', 'sees less: ask the same again'],
  ['@nanobot which one is faster?', 'says something, a step more'],
];

/** What can be done now, at a terminal. */
export function suggestions({ paint }: Screen): string[] {
  const column = Math.max(...TRY.map(([typed]) => typed.length)) + 2;
  return [
    '',
    paint('bold', 'You are Ana. Try:'),
    ...TRY.map(([typed, why]) => `  ${paint('bold', typed)}${' '.repeat(column - typed.length)}${why}`),
    'A number presses the button that has it. Tab completes, help tells the rest, quit stops.',
    '',
  ];
}

/** What can be done now, without a terminal to type at. */
export function invitation({ discord, agents }: Cast, { paint }: Screen): string[] {
  const [agent] = agents.values();
  return [
    '',
    paint('bold', 'The bot keeps running until it is stopped (Ctrl-C or SIGTERM).'),
    'In a terminal, the same command lets you be Ana: ask, press buttons, write.',
    `In a browser, ${discord.url} is the same with pictures and buttons.`,
    ...(agent === undefined ? [] : joining(discord.api, agent)),
  ];
}

function joining(api: string, { username, token }: Bot): string[] {
  return [
    `Any Discord library can join as an agent, for instance discord.js as ${username}:`,
    `  new Client({ intents, rest: { api: '${api}' } })`,
    `  client.login('${token}')`,
  ];
}
