const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Of a long text only the beginning is looked at: nobody's first sentence is longer. */
const LOOKED_AT = 1200;

/** The sentences of a text in reading order, as plain words: without code blocks and the marks of markdown. None is empty. */
export function* sentencesOf(text: string): Generator<string> {
  for (const line of plainLines(text.slice(0, LOOKED_AT))) {
    for (const { segment } of sentences.segment(line)) {
      const sentence = segment.trim();
      if (/[\p{L}\p{N}]/u.test(sentence)) yield sentence;
    }
  }
}

/** What a text says first; empty when it says nothing in words. */
export function firstSentence(text: string): string {
  for (const sentence of sentencesOf(text)) return sentence;
  return '';
}

/** Headings, list marks, quotes and emphasis go; a code block is no sentence. */
function plainLines(text: string): string[] {
  return text
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*•]\s+|\d{1,2}[.)]\s+)*/, '')
        .replace(/\*\*|__|~~|`/g, '')
        .trim(),
    );
}
