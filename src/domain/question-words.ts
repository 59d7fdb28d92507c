import type { Level } from './entry.ts';
import { stemOf } from './words.ts';

/** Words that say nothing about what is asked for. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after again ago all also always am an and any anybody anyone anything are aren as at be because been before ' +
    'being between both but by can could couldn d did didn do does doesn doing don done down during each else ever every ' +
    'everyone everything explain few for from get give given go going got had hadn has hasn have haven having he her here ' +
    'hers him his how however i if in into is isn it its just know last let like ll m made make many may maybe me might mine ' +
    'more most much must my near no nor not now of off ok okay on once one only or other our ours out over own please re ' +
    's said same say see shall she should shouldn show so some somebody someone something such t tell than that the their ' +
    'them then there these they thing things this those to too under until up us use used using ve very want was wasn way ' +
    'we were weren what when where whether which while who whom whose why will with within without won would wouldn yes ' +
    'yet you your yours'
  ).split(' '),
);

/** What people call a kind of step, by the kind. */
const LEVEL_WORDS: Record<Exclude<Level, 'info'>, string> = {
  thinking: 'think thought thinking consider reason reasoning assume',
  decision: 'decide decision choose chose chosen choice pick picked prefer',
  correction: 'correct correction corrected fix mistake revise revised retract',
  uncertainty: 'unsure uncertain uncertainty doubt guess confident confidence',
  warning: 'warn warning caution risk',
  error: 'error fail failed failure wrong broke broken crash exception',
  tool: 'tool run ran command execute call called',
  handoff: 'handoff delegate assign asked handover',
  coordination: 'coordinate coordination coordinator',
};

/** Every word for these kinds of step. */
export function wordsFor(levels: readonly Level[]): string[] {
  return levels.flatMap((level) => (level === 'info' ? [] : LEVEL_WORDS[level].split(' ')));
}

const ESCALATION_WORDS = 'escalate escalation escalated approval';

const CODE_WORDS = 'code script snippet';

/** How code blocks begin: with the name of a language. A block rarely has the word "code" in it. */
export const CODE_LANGUAGES =
  'bash c cpp css go html java javascript js json php py python ruby rust sh shell sql toml ts typescript xml yaml'.split(
    ' ',
  );

/** Categories of entries, by the words that ask for them. */
const CATEGORY_WORDS: Record<string, string> = {
  memory: 'memory memories remember recall',
  routing: 'route routing routed router',
  security: 'security secure insecure vulnerability',
  skill: 'skill',
  context: 'context',
  bot_conversation: 'conversation discuss discussion',
};

/** By stem: the levels a word asks for. */
export const LEVELS_BY_STEM: ReadonlyMap<string, Level> = byStem(LEVEL_WORDS);

/** By stem: the category a word asks for. */
export const CATEGORIES_BY_STEM: ReadonlyMap<string, string> = byStem(CATEGORY_WORDS);

export const ESCALATION_STEMS: ReadonlySet<string> = new Set(ESCALATION_WORDS.split(' ').map(stemOf));

export const CODE_STEMS: ReadonlySet<string> = new Set(CODE_WORDS.split(' ').map(stemOf));

/** Phrases that are one word in the tables above. */
export const PHRASES: readonly [RegExp, string][] = [
  [/\bhand(?:s|ed|ing)?[ -](?:over|off|it over|it off)\b/g, 'handoff'],
  [/\b(?:not|wasn't|isn't|aren't|weren't) (?:so |very |entirely |quite )?(?:sure|certain)\b/g, 'unsure'],
];

function byStem<K extends string>(table: Record<K, string>): ReadonlyMap<string, K> {
  return new Map(
    (Object.entries(table) as [K, string][]).flatMap(([key, words]) =>
      words.split(' ').map((word): [string, K] => [stemOf(word), key]),
    ),
  );
}
