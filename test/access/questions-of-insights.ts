import { channel, inChannel, isHere, marked, pagesOf, reads, sub } from './questions.ts';
import type { Option } from './forging.ts';
import type { Question, Rights } from './questions.ts';
import type { TownPlace } from './town.ts';

const byId = (name: string, value: number): Option => sub(name, [{ name: 'id', type: 4, value }]);
const readsOrDecides = ({ reads, decides }: Rights) => reads || decides;
const decides = ({ decides }: Rights, { workspace }: TownPlace) => decides && !workspace.unmapped;

/** Who may see an insight is told which bots would get it, wherever these write: their names are no finding. */
function withoutBots(question: Question): Question {
  const ask: Question['ask'] = async (forger, target) => {
    const { all, ...answer } = await question.ask(forger, target);
    return { ...answer, all: all.replaceAll(/agent qz[a-z]+xj/g, 'agent') };
  };
  return { ...question, ask };
}

/** Every way to ask for what was learned in a place. Nothing of it changes what is there. */
const QUESTIONS: Question[] = [
  {
    name: '/insights show',
    ask: (forger, { insightId }) => forger.command('insights', [byId('show', insightId)]),
    shows: readsOrDecides,
  },
  {
    name: 'insight opened from a list',
    ask: (forger, { insightId }) => forger.press(`insight:open:${insightId}`),
    shows: readsOrDecides,
  },
  {
    name: '/insights list workspace',
    of: inChannel,
    about: () => true,
    ask: (forger, { channelId }) => forger.command('insights', [sub('list', [channel(channelId)])]),
    shows: reads,
  },
  {
    name: '/insights review workspace',
    of: inChannel,
    about: () => true,
    ask: (forger, { channelId }) =>
      pagesOf(3, (first) => forger.press(`insight:review:${channelId}-${first}`)),
    shows: decides,
    mayShow: readsOrDecides,
  },
  {
    name: '/insights revoke of what nobody has',
    ask: (forger, { insightId, marker }) =>
      forger
        .command('insights', [byId('revoke', insightId)])
        .then(marked(marker, 'Nothing of yours was done')),
    shows: decides,
    mayShow: decides,
  },
  {
    name: 'form of better words for an insight',
    ask: (forger, { insightId, insightStamp }) =>
      forger.press(`insight:edit:${insightId}:${insightStamp}:one`),
    shows: decides,
    mayShow: decides,
  },
  {
    name: 'approval of what was shown otherwise',
    ask: (forger, { insightId }) => forger.press(`insight:approve:${insightId}:x:one`),
    shows: decides,
    mayShow: decides,
  },
  {
    name: 'question whether to reject all of a bot',
    ask: (forger, { insightId, marker }) =>
      forger.press(`insight:all:${insightId}:ask:all-0`).then(marked(marker, 'Reject the ')),
    // What was said in a private thread is decided one by one.
    shows: (rights, place) => decides(rights, place) && place.room !== 'private',
    mayShow: decides,
  },
  {
    name: 'Share as insight',
    of: isHere,
    ask: (forger, { messageId, at }) => forger.messageCommand('Share as insight', messageId, at),
    shows: ({ sees, botSees }, { workspace }) => sees && botSees && !workspace.unmapped,
    mayShow: ({ sees }) => sees,
  },
];

/** What is asked once, of all that was learned. */
const SURVEYS: Question[] = [
  {
    name: '/insights list',
    ask: (forger) => pagesOf(10, (page) => forger.press(`insight:list:all-${page}:all`)),
    shows: reads,
  },
  {
    name: '/insights review',
    ask: (forger) => pagesOf(30, (first) => forger.press(`insight:review:all-${first}`)),
    shows: decides,
    mayShow: readsOrDecides,
  },
];

export const INSIGHT_QUESTIONS = QUESTIONS.map(withoutBots);
export const INSIGHT_SURVEYS = SURVEYS.map(withoutBots);
