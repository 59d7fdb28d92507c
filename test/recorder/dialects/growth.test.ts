import { describe, expect, it } from 'vitest';
import { isGrowth } from '../../../src/recorder/dialects/growth.ts';
import { openab } from '../../../src/recorder/dialects/openab.ts';
import { readParts } from '../../../src/recorder/dialects/read.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

const LATER = 60_000;
const say = (content: string) => openab.read(observation({ content }));

describe('an edit', () => {
  it.each([
    ['soon after the last change', 'It is blue', 'It is green', 5_000, true],
    ['that adds to the text', 'It is', 'It is green', LATER, true],
    ['that replaces dots', 'It is…', 'It is green', LATER, true],
    ['that replaces a placeholder', '...', 'It is green', LATER, true],
    ['that moves a cursor', 'It is ▉', 'It is green', LATER, true],
    ['that says something else', 'It is blue', 'It is green', 5_001, false],
    ['that takes something back', 'It is green', 'It is', LATER, false],
  ])('%s: growth is %4$s', (_, before, after, since, growth) => {
    expect(isGrowth(say(before), say(after), since, null)).toBe(growth);
  });

  it('is growth where the format of the bot changes so', () => {
    const [before, after] = [say('✅ `a`\n✅ `b`\n\nSo'), say('✅ 2 tool(s) completed\n\nSo it is')];
    expect(isGrowth(before, after, LATER, null)).toBe(false);
    expect(isGrowth(before, after, LATER, openab)).toBe(true);
  });

  it('is seen over all that the message says', () => {
    const asked = readParts(observation({ embeds: [embed({ title: 'Deploy?' })] }), null);
    const answered = readParts(observation({ embeds: [embed({ title: 'Deploy?', footer: 'Yes' })] }), null);
    expect(isGrowth(asked, answered, LATER, null)).toBe(true);
    expect(isGrowth(answered, asked, LATER, null)).toBe(false);
  });
});
