import { sentencesOf } from './sentence.ts';

/**
 * What plain words tell of how work went, for agents that report nothing as data. Each gives the sentence that tells it, or null.
 * They know the words of English alone; what is told in others is shown where its level puts it.
 */

/** Something did not work. */
export function failureIn(text: string): string | null {
  const status = EXIT_STATUS.exec(text);
  if (status) return status[1] === '0' ? null : status[0];
  return sentenceWith(text, FAILURE, NO_FAILURE);
}

/** Somebody takes back, or changes, what was said before. */
export function correctionIn(text: string): string | null {
  return sentenceWith(text, CORRECTION);
}

/** Somebody is not sure, or goes by something that nobody has checked. */
export function doubtIn(text: string): string | null {
  return sentenceWith(text, DOUBT, NO_DOUBT);
}

/** Whoever was asked does not do it, or not yet. */
export function refusalIn(text: string): string | null {
  return sentenceWith(text, REFUSAL);
}

/** A question to whoever reads it. */
export function questionIn(text: string): string | null {
  let question: string | null = null;
  for (const sentence of sentencesOf(text)) if (sentence.endsWith('?')) question = sentence;
  return question;
}

const EXIT_STATUS = /\bexit ?(?:code|status):? ?(\d{1,3})\b/i;

const FAILURE =
  /\b(?:fail(?:ed|s|ure)|errors?:|exception\b|traceback|timed out|time-?out|crash(?:ed|es)?|unable to|(?:could|can|did|does|do|was|were|is|are)(?:n['’]t| ?not) (?:be )?(?:access|complete|connect|execut|extract|find|found|finish|generat|import|install|load|locat|open|pars|proceed|process|produc|provid|read|retriev|return|run|succeed|support|work)\w*|cannot|permission denied|access denied|not (?:found|available|authori[sz]ed|implemented|installed)|no (?:such|results?\b)|rate limit(?:ed)? (?:exceeded|hit)|broken|incorrect(?:ly)?|wrong|missing|blocked)/i;

/** `no errors`, `0 failed`, `nothing is broken`: the opposite. */
const NO_FAILURE =
  /\b(?:no|zero|0|without(?: any)?|never|nothing(?: is| was)?|any|if|in case of|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|fix(?:ed|es)?|resolved?|handle[sd]?|handling) (?:\w+ ){0,3}(?:fail|error|exception|time-?out|crash|wrong|broken|missing|incorrect|blocked|issues?)/i;

const CORRECTION =
  /\b(?:i (?:was|were) wrong|my (?:mistake|bad|error|apologies)|i apologi[sz]e|apologies for|i made (?:a|an) (?:mistake|error)|correction:|correcting|let me (?:correct|fix|re-?check|revise|re-?evaluate|reconsider)|(?:i|we) (?:need|have) to (?:correct|fix|revise|reconsider)|on second thought|in hindsight|scratch that|contrary to (?:what|my)|instead of (?:what|my))|^(?:actually|wait|oops)[,:]/im;

const DOUBT =
  /\b(?:(?:i|we|i['’]m|we['’]re)(?: am| are)? (?:not (?:sure|certain)|unsure|uncertain|guess|suspect|presume)|assum(?:e[sd]?|ing|ption)s?|hypothetical(?:ly)?|simulat(?:e[sd]?|ing|ion)|placeholder|mock(?:ed)? (?:data|up|response)|for (?:illustration|demonstration|the sake of)|(?:might|may) (?:not )?be (?:wrong|incorrect|inaccurate|outdated|incomplete)|not (?:yet )?(?:verified|confirmed|tested)|un(?:verified|confirmed|clear|tested)|need(?:s)? (?:to be )?(?:verif|confirm|double-?check)\w*|should be (?:verified|confirmed|double-?checked)|roughly|approximat(?:e|ely|ion)|estimated?|probably|presumably|it (?:seems|appears)|based on (?:my|general|common) knowledge|from memory)/i;

const NO_DOUBT = /\b(?:no (?:doubt|assumptions?)|not assum\w+|without (?:any )?(?:doubt|assum\w+))/i;

const REFUSAL =
  /\b(?:(?:respectfully )?disagree|(?:i|we) (?:can(?:no|['’])t|cannot|won['’]t|will not|refuse)|not my (?:job|task|area)|(?:i|we)(?: am| are|['’]m|['’]re)? (?:blocked|waiting|unable)|(?:need|waiting for|awaiting) (?:more|your|the user|user|further|a decision|clarification|input|approval)|before i (?:can|start))/i;

function sentenceWith(text: string, pattern: RegExp, opposite?: RegExp): string | null {
  if (!pattern.test(text)) return null;
  for (const sentence of sentencesOf(text)) {
    if (pattern.test(sentence) && !opposite?.test(sentence)) return sentence;
  }
  return null;
}
