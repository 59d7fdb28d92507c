import type { EmbedText } from '../../../src/recorder/observation.ts';

export function embed(extra: Partial<EmbedText> = {}): EmbedText {
  return { title: null, description: null, fields: [], footer: null, ...extra };
}
