import { INSIGHT_MAX, SENSITIVE_REASONS } from './insight.ts';
import type { InsightRules, SensitiveReason } from './insight.ts';
import type { Scope } from './insight-scope.ts';
import { cutMessage } from './limits.ts';

/** What is known of something that may become an insight. */
export interface Learned {
  content: string;
  /** How many values were masked in what was said. */
  masked: number;
  /** It holds what would be masked, if anything were. */
  looksPrivate: boolean;
  category: string;
  confidence: number | null;
  direct: boolean;
  privateThread: boolean;
  /** Who wrote it down is a person. */
  byPerson: boolean;
}

/** All that speaks against sharing it without a person's look, in the order of {@link SENSITIVE_REASONS}. */
export function sensitiveReasons(learned: Learned, rules: InsightRules): SensitiveReason[] {
  const { content, masked, category, confidence, byPerson } = learned;
  const holds: Record<SensitiveReason, boolean> = {
    masked: masked > 0 || /\[masked:/i.test(content),
    private: learned.looksPrivate,
    direct: learned.direct,
    private_thread: learned.privateThread,
    no_confidence: confidence === null && !byPerson,
    unsure: confidence !== null && confidence < rules.minConfidence,
    category: !rules.categories.includes(category),
    person: byPerson,
    revoked_before: false,
    ...suspicions(content),
  };
  return SENSITIVE_REASONS.filter((reason) => holds[reason]);
}

type Suspicion = 'instructs' | 'mentions' | 'links' | 'block' | 'hidden';

/** What in a text is meant to do more than tell something. It is shown as text whatever this says: this asks a person to look. */
function suspicions(content: string): Record<Suspicion, boolean> {
  const plain = plainWords(content);
  return {
    instructs: instructs(content),
    mentions: /<[@#]|@(?:everyone|here)\b|(?:^|[\s(])@[\p{L}\p{N}_]/iu.test(plain),
    links: /[a-z][a-z0-9+.-]*:\/\/|\]\(|\bwww\.|\bdiscord\.gg\b/i.test(plain),
    block: /`{3}|~{3}|"type"\s*:|<\/?[a-z][a-z_-]*>/i.test(plain),
    hidden: INVISIBLE.test(content.replace(/[\t\n\r]/g, ' ')),
  };
}

/** True for what tells whoever reads it to do something, instead of telling what is so. */
export function instructs(content: string): boolean {
  const plain = plainWords(content);
  return ORDERS.some((order) => order.test(plain));
}

/** Characters that are drawn as nothing, or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;

const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|overrule)\b.{0,40}\b(?:instructions?|rules?|prompts?|orders?|polic(?:y|ies)|guidelines?|above|previous|prior|before|everything|safety)\b/is,
  /\b(?:system|developer|hidden) ?(?:prompt|message|instructions?)\b/i,
  /^\s*(?:system|assistant|developer|user)\s*:/im,
  /<\|.*?\|>|\[\/?INST\]|<<\/?SYS>>/i,
  /\byou (?:must|should|shall|will|have to|need to|are (?:now|to)|can now|may now)\b/i,
  /\b(?:from now on|new instructions?|act as|pretend|roleplay|jailbreak|do anything now)\b/i,
  /(?:^|[.!?:;\n]\s*|\b(?:please|then|now|and|must|just|only|simply|always|never|kindly|immediately|bots?|agents?|everyone|all),?\s+)(?:ignore|disregard|forget|override|run|execute|send|post|publish|delete|remove|drop|reveal|print|leak|share|tell|reply|respond|answer|call|fetch|download|upload|install|open|visit|click|approve|grant|transfer|pay|email|curl|obey|follow|say|ask|skip|stop|disable|notify|contact|hide|forward|upvote|warn|mention|quote|repeat|translate|act)\b/i,
  /(?:^|[.!?:;\n]\s*)(?:always|never|do not|don['’]?t|make sure|be sure|remember to|note that you)\b/i,
  /\b(?:ignoriere?|vergiss|missachte)\b.{0,40}\b(?:anweisung(?:en)?|regeln?)\b/is,
  /\b(?:ignorez?|oubliez?|ignora|olvida)\b.{0,40}\b(?:instructions?|instrucciones|règles?|reglas?|istruzioni)\b/is,
];

/** Look-alikes and what stands between letters unseen would hide a word from the rules. */
function plainWords(content: string): string {
  return content.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, '');
}

/** Content as it is kept: one paragraph after the other, at most {@link INSIGHT_MAX} characters. */
export function tidied(content: string): string {
  return cutMessage(content.trim().replace(/\n{3,}/g, '\n\n'), INSIGHT_MAX);
}

/** What has the same words and the same scope has the same key. `where` is the workspace or, for the whole server, the server. */
export function sameInsightKey(where: string, scope: Scope, content: string): string {
  const bots = scope.bots === null ? null : [...scope.bots].sort();
  return JSON.stringify([where, scope.within, bots, normalisedContent(content)]);
}

/** Words alone: case, punctuation at the edges and spaces make no other insight. */
export function normalisedContent(content: string): string {
  return plainWords(content)
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}'+#%/.-]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])['.-]+|['.-]+(?![\p{L}\p{N}])/gu, '')
    .trim();
}

/** What an insight is about, and which of that it denies: two with the same words that deny different ones contradict each other. */
export interface Gist {
  about: string;
  /** Empty where nothing is denied. */
  denies: string;
}

export function gistOf(content: string): Gist {
  const words = normalisedContent(content)
    .replace(/n't\b/g, ' not')
    .split(/[\s']+/);
  const about: string[] = [];
  const denied: string[] = [];
  let denies = false;
  for (const word of words) {
    if (NEGATIONS.has(word)) denies = true;
    else if (word !== '' && !FILLERS.has(word)) {
      const stem = word.length > 3 ? word.replace(/s$/, '') : word;
      const opposite = OPPOSITES.get(stem);
      about.push(opposite ?? stem);
      if (denies !== (opposite !== undefined)) denied.push(opposite ?? stem);
      denies = false;
    }
  }
  return { about: setOf(about), denies: setOf(denied) };
}

/** What follows is denied: “tabs over spaces”, “React instead of Vue”. */
const NEGATIONS: ReadonlySet<string> = new Set(
  'not no never without cannot neither nor over than instead avoid avoids hates dislikes'.split(' '),
);
const FILLERS: ReadonlySet<string> = new Set(
  'a an the i we they he she it user users this that these those do does did is are was were be been to of in on for and but any longer more rather always t'.split(
    ' ',
  ),
);

/** To say the second is to deny the first. */
const OPPOSITES: ReadonlyMap<string, string> = new Map(
  'short:long brief:detailed fast:slow cheap:expensive light:dark big:small high:low old:new true:false enabled:disabled enable:disable allowed:forbidden safe:unsafe stable:unstable required:optional synchronou:asynchronou public:private formal:informal first:last before:after like:dislike'
    .split(' ')
    .map((pair) => pair.split(':').toReversed() as [string, string]),
);

function setOf(words: readonly string[]): string {
  return [...new Set(words)].sort().join(' ');
}
