const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Of a long text only one end is looked at: nobody's first sentence is longer. */
const LOOKED_AT = 1200;

/**
 * The sentences at the start or the end of a text in reading order, as plain words: without code blocks and the marks of markdown.
 * None is empty.
 */
export function* sentencesOf(text: string, side: 'start' | 'end' = 'start'): Generator<string> {
  const near = side === 'start' ? text.slice(0, LOOKED_AT) : withoutCode(text).slice(-LOOKED_AT);
  for (const line of plainLines(near)) {
    let sentence = '';
    for (const { segment } of sentences.segment(line)) {
      sentence += segment;
      // A mark within a word, as in an address or a version, ends nothing.
      if (!/\s$/.test(segment)) continue;
      if (/[\p{L}\p{N}]/u.test(sentence)) yield sentence.trim();
      sentence = '';
    }
    if (/[\p{L}\p{N}]/u.test(sentence)) yield sentence.trim();
  }
}

/** What a text says first; empty when it says nothing in words. */
export function firstSentence(text: string): string {
  for (const sentence of sentencesOf(text)) return sentence;
  return '';
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?(?:```|$)/g, '\n');
}

/** Headings, list marks, quotes, emphasis and the names of a JSON object's fields go; a code block is no sentence, a link its text. */
function plainLines(text: string): string[] {
  return withoutCode(text)
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*•]\s+|\d{1,2}[.)]\s+)*/, '')
        .replace(/^"[\w ]{1,40}":\s*"(.*?)"?,?$/, '$1')
        .replace(/\[([^\]]*)\]\([^)\s]*\)/g, '$1')
        .replace(/\*\*|__|~~|`/g, '')
        .trim(),
    );
}
