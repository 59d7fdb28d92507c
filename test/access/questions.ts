import { optionToken } from '../../src/views/escalation-ids.ts';
import type { Answer, Forger, Option } from './forging.ts';
import type { TownPlace } from './town.ts';

/** A place as commands and buttons name it. */
export interface Target {
  marker: string;
  channelId: string;
  at: { id: string };
  /** A workspace of which everything can be asked. */
  home: { id: string };
  messageId: string;
  sessionId: string;
  workspaceId: number;
  escalationId: number;
  insightId: number;
  /** Of what its card shows. */
  insightStamp: string;
}

/** What somebody may do with a place at this moment. */
export interface Rights {
  /** See what was said there, in Discord, and as an owner where only these may. */
  reads: boolean;
  /** See what was said there in Discord, whoever owns it. */
  sees: boolean;
  /** Have written all that was said, and own the server. */
  wrote: boolean;
  /** The place is not deleted, and what was said in it with it. */
  isThere: boolean;
  /** The bot sees the place, too. */
  botSees: boolean;
  /** See the channel itself. */
  views: boolean;
  decides: boolean;
  /** Manage the server. */
  manages: boolean;
  /** Be told of it in the workspace that is everybody's home. */
  comesUpAtHome: boolean;
}

/** Something that can be asked of a place. */
export interface Question {
  name: string;
  ask(forger: Forger, target: Target): Promise<Answer>;
  /** The places that the answer is about, of which the target is one; default: that alone. */
  about?(place: TownPlace): boolean;
  /** Asked of these targets only. */
  of?(target: TownPlace): boolean;
  /** Whether what was said in a place it is about has to be in the answer. */
  shows(rights: Rights, place: TownPlace): boolean;
  /** The owner of the server is told also of channels that are deleted, and which agents were there. */
  namesAll?: true;
  /** Whether it may be, if it is not what decides that it has to. */
  mayShow?(rights: Rights, place: TownPlace): boolean;
}

export const reads = ({ reads }: Rights) => reads;
export const inChannel = ({ room }: TownPlace) => room === 'channel';
export const isHere = ({ workspace }: TownPlace) => !workspace.foreign;
const isOpen = ({ room }: TownPlace) => room !== 'private';

export const channel = (value: string, name = 'workspace'): Option => ({ name, type: 7, value });
const words = (name: string, value: string): Option => ({ name, type: 3, value });
const typing = (name: string, value: string): Option => ({ name, type: 3, value, focused: true });

export const sub = (name: string, options?: Option[]): Option => ({
  name,
  type: 1,
  ...(options && { options }),
});

/** Every way to ask for what was said in a place. */
export const QUESTIONS: Question[] = [
  {
    name: '/explain session',
    ask: (forger, { sessionId }) => forger.command('explain', [words('session', sessionId)]),
    shows: reads,
  },
  {
    name: '/explain workspace',
    of: inChannel,
    ask: (forger, { channelId }) => forger.command('explain', [channel(channelId)]),
    shows: reads,
  },
  {
    name: '/explain typed there',
    of: isHere,
    ask: (forger, { at }) => forger.command('explain', [], at),
    shows: reads,
  },
  {
    name: '/how',
    ask: (forger, { marker }) => forger.command('how', [words('question', marker)]),
    shows: reads,
  },
  {
    name: '/how typed in a workspace',
    ask: (forger, { marker, home }) => forger.command('how', [words('question', marker)], home),
    shows: ({ comesUpAtHome }) => comesUpAtHome,
    mayShow: ({ comesUpAtHome }) => comesUpAtHome,
  },
  {
    name: '/how workspace',
    ask: (forger, { marker, channelId }) =>
      forger.command('how', [words('question', marker), channel(channelId)]),
    shows: reads,
  },
  {
    name: '/workspace-logs workspace',
    of: inChannel,
    about: () => true,
    ask: (forger, { channelId }) => forger.command('workspace-logs', [channel(channelId)]),
    shows: reads,
  },
  {
    name: '/summary workspace',
    of: inChannel,
    about: isOpen,
    ask: (forger, { channelId }) => forger.command('summary', [channel(channelId), words('since', '8h')]),
    shows: reads,
  },
  {
    name: '/export json',
    ask: (forger, { sessionId }) => forger.command('export', [words('session', sessionId)]),
    shows: reads,
  },
  {
    name: '/export ndjson',
    ask: (forger, { sessionId }) =>
      forger.command('export', [words('session', sessionId), words('format', 'ndjson')]),
    shows: reads,
  },
  {
    name: 'Explain this',
    of: isHere,
    ask: (forger, { messageId, at }) => forger.messageCommand('Explain this', messageId, at),
    shows: reads,
  },
  {
    name: 'suggested sessions',
    ask: (forger, { marker }) => forger.suggestions('explain', [typing('session', marker)]),
    shows: reads,
  },
  {
    name: 'suggested sessions of a workspace',
    ask: (forger, { marker, channelId }) =>
      forger.suggestions('export', [channel(channelId), typing('session', marker)]),
    shows: reads,
  },
  {
    name: 'suggested bots of a session',
    ask: (forger, { sessionId }) =>
      forger.suggestions('explain', [words('session', sessionId), typing('bot', '')]),
    shows: reads,
  },
  {
    name: 'page of an explanation',
    ask: (forger, { sessionId }) => forger.press(`explain:${sessionId}:detailed:all:0`),
    shows: reads,
  },
  {
    name: 'picture',
    of: inChannel,
    ask: (forger, { sessionId }) => forger.press(`explain:${sessionId}:timeline`),
    shows: reads,
  },
  {
    name: 'log as a file',
    ask: (forger, { sessionId }) => forger.press(`explain:${sessionId}:file:all`),
    shows: reads,
  },
  {
    name: 'artifact',
    ask: (forger, { sessionId }) => forger.press(`explain:${sessionId}:artifact`),
    shows: reads,
  },
  {
    name: 'session picked from a list',
    ask: (forger, { sessionId }) => forger.press('explain:open', [`${sessionId}:0`]),
    shows: reads,
  },
  {
    name: 'form of a follow-up',
    ask: (forger, { sessionId, marker }) => forger.press(`how:ask:${sessionId}`).then(formFor(marker)),
    shows: reads,
  },
  {
    name: 'follow-up',
    ask: (forger, { sessionId, marker }) => forger.submit(`how:ask:${sessionId}`, { question: marker }),
    shows: reads,
  },
  {
    name: 'form of an objection',
    ask: (forger, { sessionId, marker }) =>
      forger.press(`feedback:wrong:${sessionId}:1`).then(formFor(marker)),
    shows: reads,
  },
  {
    name: 'all of a report',
    of: inChannel,
    about: isOpen,
    ask: (forger, { workspaceId }) => forger.press(`summary:more:${workspaceId}:0:${Date.now() + 1000}`),
    shows: reads,
  },
  {
    name: 'card of an escalation',
    ask: (forger, { escalationId }) => forger.press(`escalation:open:${escalationId}:all-all-0`),
    shows: ({ decides }) => decides,
  },
  {
    name: 'form of a decision',
    ask: (forger, { escalationId, marker }) =>
      forger.press(`escalation:words:${escalationId}:card`).then(formFor(marker)),
    shows: ({ decides }) => decides,
  },
  {
    name: 'decision for an option that is not there',
    ask: (forger, { escalationId, marker }) =>
      forger
        .press(`escalation:decide:${escalationId}:card:${optionToken('Perhaps', 0)}`)
        .then(marked(marker, 'options')),
    shows: ({ decides }) => decides,
  },
  {
    name: 'Escalate this',
    of: isHere,
    ask: (forger, { messageId, at, marker }) =>
      forger.messageCommand('Escalate this', messageId, at).then(formFor(marker)),
    shows: ({ sees, botSees }, { workspace }) => sees && botSees && !workspace.unmapped,
    mayShow: ({ sees }) => sees,
  },
  {
    name: '/escalate typed there',
    of: isHere,
    ask: (forger, { at, marker }) =>
      forger
        .command('escalate', [words('reason', 'May it go on?'), words('timeout', 'never')], at)
        .then(marked(marker, 'timeout')),
    shows: ({ sees, botSees }, { workspace }) => sees && botSees && !workspace.unmapped,
    mayShow: ({ views }) => views,
  },
  {
    name: '/workspace show',
    of: inChannel,
    ask: (forger, { channelId, marker }) =>
      forger
        .command('workspace', [{ name: 'show', type: 1, options: [channel(channelId, 'channel')] }])
        .then(marked(marker, `<#${channelId}>`)),
    shows: ({ manages, views }) => manages && views,
    mayShow: ({ views }) => views,
  },
];

/** What is asked once, of all places. */
export const SURVEYS: Question[] = [
  {
    name: '/workspace-logs',
    ask: (forger) => pagesOf(4, (page) => forger.press(`logs:all:50:${page}`)),
    shows: reads,
  },
  {
    name: '/escalations',
    ask: (forger) => pagesOf(6, (page) => forger.press(`escalation:list:all-all-${page}`)),
    shows: ({ reads, decides }, { workspace }) => !workspace.unmapped && (reads || decides),
  },
  {
    name: '/escalations mine',
    ask: (forger) => pagesOf(6, (page) => forger.press(`escalation:list:all-mine-${page}`)),
    shows: ({ decides }, { workspace }) => !workspace.unmapped && decides,
  },
  { name: '/status', ask: (forger) => forger.command('status', []), shows: () => false },
  {
    name: '/bot list',
    ask: (forger) => pagesOf(3, (page) => forger.press(`bot:list:${page}`)),
    shows: ({ manages, reads }) => manages && reads,
    mayShow: ({ manages, views }) => manages && views,
  },
  {
    name: 'suggested agents',
    ask: (forger) => forger.suggestions('bot', [{ name: 'set', type: 1, options: [typing('bot', 'agent')] }]),
    shows: () => false,
    mayShow: ({ manages, views }) => manages && views,
  },
  {
    name: '/workspace list',
    ask: (forger) => pagesOf(2, (page) => forger.press(`workspace:list:${page}`)),
    shows: () => false,
    mayShow: ({ views }) => views,
  },
  { name: '/privacy show', ask: (forger) => forger.command('privacy', [sub('show')]), shows: () => false },
  {
    name: '/privacy export',
    ask: (forger) => forger.command('privacy', [sub('export')]),
    shows: ({ wrote, isThere }) => wrote && isThere,
    mayShow: () => false,
  },
  {
    name: '/privacy guild-export',
    ask: (forger) => forger.command('privacy', [sub('guild-export')]),
    namesAll: true,
    shows: ({ wrote }, place) => wrote && isHere(place),
    mayShow: ({ wrote }, place) => wrote && isHere(place),
  },
  {
    name: 'guild-erase, the second question',
    ask: (forger) => forger.press('privacy:erase:again'),
    shows: () => false,
  },
  {
    name: '/bot token list',
    ask: (forger) => forger.command('bot', [{ name: 'token', type: 2, options: [sub('list')] }]),
    shows: () => false,
  },
  {
    name: 'suggested tokens',
    ask: (forger) =>
      forger.suggestions('bot', [
        { name: 'token', type: 2, options: [sub('revoke', [typing('token', '')])] },
      ]),
    shows: () => false,
  },
];

/** A form holds nothing that was said: that it opens at all is what shows. */
export function formFor(marker: string): (answer: Answer) => Answer {
  return (answer) =>
    answer.all.startsWith('{"custom_id"') ? { ...answer, all: `${answer.all} ${marker}` } : answer;
}

/** So it is for what an answer says only to those who may know. */
export function marked(marker: string, sign: string): (answer: Answer) => Answer {
  return (answer) => (answer.words.includes(sign) ? { ...answer, all: `${answer.all} ${marker}` } : answer);
}

export async function pagesOf(count: number, ask: (page: number) => Promise<Answer>): Promise<Answer> {
  const answers = await Promise.all(Array.from({ length: count }, (_, page) => ask(page)));
  return { words: answers[0]!.words, all: answers.map(({ all }) => all).join('\n') };
}
