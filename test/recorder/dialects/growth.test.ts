import { describe, expect, it } from 'vitest';
import { isGrowth } from '../../../src/recorder/dialects/growth.ts';
import { openab } from '../../../src/recorder/dialects/openab.ts';
import { embed, observation } from './support.ts';

const LATER = 60_000;
const say = (content: string) => observation({ content });

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
    const [before, after] = [say('🔧 `npm ci`...'), say('✅ `npm ci`')];
    expect(isGrowth(before, after, LATER, null)).toBe(false);
    expect(isGrowth(before, after, LATER, openab)).toBe(true);
  });

  it('is seen in embeds, too', () => {
    const asked = observation({ embeds: [embed({ title: 'Deploy?' })] });
    expect(
      isGrowth(
        asked,
        observation({ embeds: [embed({ title: 'Deploy?', footer: 'Yes, by Ana' })] }),
        LATER,
        null,
      ),
    ).toBe(true);
    expect(isGrowth(asked, observation({ embeds: [embed({ title: 'Delete?' })] }), LATER, null)).toBe(false);
  });
});
