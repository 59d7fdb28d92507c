import { sentencesOf } from './sentence.ts';

/**
 * What plain words tell of how work went, for agents that report nothing as data. Each gives the sentence that tells it, or null.
 * They know the words of English alone; what is told in others is shown where its level puts it.
 */

/** Something did not work. What might fail, must not fail, or is fixed did not. */
export function failureIn(text: string): string | null {
  const status = exitStatusIn(text);
  if (status) return status.ok ? null : status.text;
  return sentenceWith(text, FAILURE, NO_FAILURE);
}

/** What the run of a program ended with, and what it says went wrong; null: the text is of no run. */
export function exitStatusIn(text: string): { ok: boolean; text: string } | null {
  const [said, code] = EXIT_STATUS.exec(text) ?? [];
  if (said === undefined) return null;
  const error = code === '0' ? undefined : text.match(ERROR_LINES)?.at(-1)?.trim();
  return { ok: code === '0', text: error === undefined ? said : `${said}: ${error}` };
}

/** Somebody takes back, or changes, what was said before. */
export function correctionIn(text: string): string | null {
  return sentenceWith(text, CORRECTION);
}

/** Somebody is not sure, or goes by something that nobody has checked. */
export function doubtIn(text: string): string | null {
  return sentenceWith(text, DOUBT, NO_DOUBT);
}

/** Something is done. What is only to be done is not. */
export function completionIn(text: string): string | null {
  return sentenceWith(text, COMPLETION, NO_COMPLETION, COMPLETES);
}

/** Somebody concludes: says what the answer is, at the end of what is said. */
export function conclusionIn(text: string): string | null {
  if (!CONCLUDES.test(text)) return null;
  const sentences = [...sentencesOf(text, 'end')];
  const at = sentences.findLastIndex(
    (sentence) => CONCLUSION.test(sentence) && !NO_CONCLUSION.test(sentence),
  );
  const concluded = sentences[at];
  if (concluded === undefined) return null;
  const next = sentences[at + 1];
  return concluded.endsWith(':') && next !== undefined ? `${concluded} ${next}` : concluded;
}

/** Somebody says that what was said before holds, or does not. */
export function isCheck(text: string): boolean {
  return CHECK.test(text);
}

/** Whoever was asked does not do it, or not yet. */
export function refusalIn(text: string): string | null {
  return sentenceWith(text, REFUSAL);
}

/** Somebody says what they are about to do. */
export function isAnnouncement(sentence: string): boolean {
  return ANNOUNCEMENT.test(sentence);
}

/** So far from its end a text still asks: what is said after a question answers it, or goes on from it. */
const ASKED_AT_END = 2;

/** A question to whoever reads it, at the end of what is said. */
export function questionIn(text: string): string | null {
  if (!text.includes('?')) return null;
  const last = [...sentencesOf(text, 'end')].slice(-ASKED_AT_END);
  return last.findLast((sentence) => sentence.endsWith('?') && !endsInQuotation(sentence)) ?? null;
}

/** A title such as ‘What is a bee?’ asks nobody. */
function endsInQuotation(sentence: string): boolean {
  const opened = sentence.match(/(?:^|[\s(])['"“‘]/g)?.length ?? 0;
  const closed = sentence.match(/['"”’](?=[\s.,;:!?)]|$)/g)?.length ?? 0;
  return opened > closed;
}

const EXIT_STATUS = /\bexit ?(?:code|status):? ?(\d{1,3})\b/i;
/** `KeyError: 'type'`, as most languages end what they say of an error. */
const ERROR_LINES = /^[\w.]*(?:Error|Exception)\b.*$/gm;

/** Words of what somebody tried to do. */
const TRIED =
  '(?:access|complete|connect|download|execut|extract|fetch|find|found|finish|generat|identif|import|install|load|locat|open|pars|proceed|process|produc|provid|read|retriev|return|run|solv|succeed|support|work|yield)\\w*';
const WRONG = '(?:broken|incorrect|wrong|missing|blocked)';
const STATES =
  '(?:is|are|was|were|am|been|seems?|appears?|looks?|got|gave|gives?|returned|returns|contains|contained)';

// What is rare is looked for first and what stands before it after that: each text is searched, and most have nothing of it.
const FAILURE = new RegExp(
  [
    String.raw`\bfail(?:ed|s|ure)\b|errors?:|\bexceptions?:|\btraceback\b`,
    String.raw`\btimed out\b|\btime-?outs?\b|\bcrash(?:ed|es)\b|\bunable to\b|\bdid(?:n['’]t| not) \w+`,
    String.raw`\b(?:can|could|do|does|was|were|is|are)(?:n['’]t| ?not) (?:\w+ly )?(?:be )?(?:\w+ly )?${TRIED}`,
    String.raw`\b(?:do|does)(?:n['’]t| not) (?:\w+ly )?have (?:\w+ )?(?:access|permission|the ability)`,
    String.raw`\berror\b(?<=\b(?:an?|the|this|that|same|following|another) (?:\w+ )?error)`,
    String.raw`\b(?:permission|access) denied\b|\bnot (?:found|available|authori[sz]ed|implemented|installed|recogni[sz]ed)\b`,
    String.raw`\bno (?:such|results?)\b|\brate limit(?:ed)? (?:exceeded|hit)\b|\bdue to (?:an? |the )?missing\b`,
    String.raw`\b${WRONG}\b(?<=\b${STATES} (?:to be )?(?:\w+ ){0,2}${WRONG})(?! (?:down|into|up))`,
  ].join('|'),
  'i',
);

/** `no errors`, `make sure nothing fails`, `it might fail`: the opposite, a wish, or a thought. */
const NO_FAILURE = new RegExp(
  [
    String.raw`\b(?:no|zero|0|without(?: any)?|never|nothing(?: is| was)?) (?:\w+ ){0,3}(?:fail|error|exception|time-?out|crash|wrong|broken|missing|incorrect|blocked|issues?)`,
    String.raw`\b(?:if|unless|whether|in case|ensur\w+|make sure|avoid\w*|prevent\w*|fix(?:ed|es)|resolved?|handl(?:e[sd]?|ing)|(?:check|look|test|watch)\w* for)\b`,
    String.raw`\b(?:might|may|could|would|should|must|can) (?:\w+ ){0,4}(?:fail|error|exception|crash|wrong|broken|missing|incorrect|blocked)`,
  ].join('|'),
  'i',
);

const CORRECTION =
  /\b(?:i (?:was|were) wrong|my (?:mistake|bad|error|apologies)|i apologi[sz]e|apologies for|i made (?:a|an) (?:mistake|error)|correction:|correcting (?:the|my|this|that|our)|let me (?:correct|fix|re-?check|revise|re-?evaluate|reconsider)|let(?:['’]s| us) (?:correct|revise|re-?evaluate|reconsider|re-?examine)|(?:i|we) (?:need|have) to (?:correct|fix|revise|reconsider)|on second thought|in hindsight|scratch that|contrary to (?:what|my)|instead of (?:what|my))|^(?:actually|wait|oops)[,:]/im;

const DOUBT =
  /\b(?:(?:i|we|i['’]m|we['’]re)(?: am| are)? (?:not (?:sure|certain)|unsure|uncertain|guess|suspect|presume)|assum(?:e[sd]?|ing)|(?:my|our|this|(?:under|on|with) (?:the|an)) assumptions?|hypothetical(?:ly)?|simulat(?:e[sd]?|ing|ion)|placeholder|mock(?:ed)? (?:data|up|response)|for (?:illustration|demonstration|the sake of)|(?:might|may) (?:not )?be (?:wrong|incorrect|inaccurate|outdated|incomplete)|not (?:yet )?(?:been )?(?:verified|confirmed|tested)|un(?:verified|confirmed|clear|tested)|need(?:s)? (?:to be )?(?:verif|confirm|double-?check)\w*|should be (?:verified|confirmed|double-?checked)|probably|presumably|it (?:seems|appears)|based on (?:my|general|common) knowledge|from memory)\b/i;

const NO_DOUBT =
  /\b(?:no (?:doubt|assumptions?)|not assum\w+|without (?:any )?(?:doubt|assum\w+)|(?:if|when|where) (?:\w+ ){0,6}need)/i;

const DONE =
  '(?:done|completed?|finished|ready|fixed|deployed|merged|published|released|implemented|installed|set up|in place|live|online|resolved|verified|confirmed)';

const COMPLETION = new RegExp(
  [
    String.raw`\b${DONE}\b(?<=(?:\b(?:is|are|was|were|been|now)|['’]s|['’]re) (?:(?:now|all|fully|already|up and) )*${DONE})`,
    String.raw`^\W*(?:\w+ ){1,4}complete[d.!:]`,
    String.raw`^\W*${DONE}\b`,
    String.raw`\bsuccessfully\b|\btests? (?:are )?(?:now )?pass(?:ed|es|ing)?\b`,
    String.raw`\b(?:i|we)(?:['’]ve| have)? (?:now |just |already )*(?:added|built|created|deployed|drafted|finished|fixed|found|implemented|installed|merged|published|updated|uploaded|wrote|written)\b`,
  ].join('|'),
  'i',
);

/** The same anywhere in a text, before its sentences are told apart, which takes far longer. */
const COMPLETES = anywhere(COMPLETION);

/** What holds only later, or under a condition, or that somebody wishes for. */
const NO_COMPLETION =
  /\b(?:not|never|\w+n['’]t|if|once|when|after|before|until|unless|whether|should|must|will|would|could|can|might|may|need(?:s|ed)?|to be|ensure|make sure|almost|nearly|let(?:['’]s| me| us)|please)\b|\?$/i;

const CONCLUSION =
  /^\W*(?:(?:therefore|thus|hence|in conclusion|to conclude|so),? .*\b(?:is|are|was|were|equals?)\b|(?:the )?(?:final|correct) (?:answer|result)\b.*\w|(?:the )?(?:answer|result|conclusion|key finding)s? ?(?::|is\b|was\b).*\w)/i;

const CONCLUDES = anywhere(CONCLUSION);

/** What an answer has to be like, and code. */
const NO_CONCLUSION = /\b(?:must|should|would|if)\b|\w[[(]\w/i;

const CHECK =
  /\b(?:(?:dis)?agree[ds]?|(?:in)?correct(?:ly|ness)?|confirm(?:s|ed|ing)?|verif(?:y|ies|ied|ication)|validat\w+|double-?check\w*|re-?check\w*|checks out|looks (?:good|fine|right)|right|wrong|approved?|accurate|lgtm)\b/i;

const REFUSAL =
  /\b(?:(?:respectfully )?disagree|(?:i|we) (?:can(?:no|['’])t|cannot|won['’]t|will not|refuse)|not my (?:job|task|area)|(?:i|we)(?: am| are|['’]m|['’]re)? (?:blocked|waiting|unable)|(?:need|waiting for|awaiting) (?:more|your|the user|user|further|a decision|clarification|input|approval)|before i (?:can|start))/i;

const ANNOUNCEMENT =
  /^\W*(?:(?:sure|ok(?:ay)?|yes|alright|certainly|of course|understood|got it|great|right|absolutely|no problem)[,.!: —–-]*)*(?:$|(?:(?:first|next|then|now|to \w+[^,]*),? )?(?:i['’]ll\b|i will\b|i(?:['’]m| am) (?:going to|about to|now|starting|working|on it)|let me\b|let(?:['’]s| us)\b|we(?:['’]ll| will)\b|(?:on|working on|starting|looking into) (?:it|that|this)\b|will do\b))/i;

/** The same pattern for a whole text: its sentences begin at its start, on a new line, or after the mark that ends another. */
function anywhere({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll(String.raw`^\W*`, String.raw`(?:^|\n|[.!?:;]\s)\W{0,9}`), flags);
}

/** `whole`: what a text has that has such a sentence; needed where the pattern tells how one begins. */
function sentenceWith(text: string, pattern: RegExp, opposite?: RegExp, anywhere = pattern): string | null {
  if (!anywhere.test(text)) return null;
  for (const sentence of sentencesOf(text)) {
    if (pattern.test(sentence) && !opposite?.test(sentence)) return sentence;
  }
  return null;
}
