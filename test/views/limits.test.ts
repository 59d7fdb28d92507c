import { ComponentType } from 'discord.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, LIMITS, measure, view } from '../../src/views/limits.ts';
import { button, buttons, container, text } from '../../src/views/parts.ts';
import { textOf } from './support.ts';

describe('cutting', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['a little too long', 9, 'a little…'],
    ['👍🏽👍🏽👍🏽', 9, '👍🏽👍🏽…'],
    ['🇵🇹🇵🇹', 7, '🇵🇹…'],
    ['é'.normalize('NFD').repeat(3), 4, `${'é'.normalize('NFD')}…`],
  ])('%s to %d', (text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });

  test('never exceeds the limit and never splits a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 100 }),
        fc.integer({ min: 1, max: 60 }),
        (text, max) => {
          const short = cut(text, max);
          expect(short.length).toBeLessThanOrEqual(max);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('fitting', () => {
  test('counts what is inside containers and rows', () => {
    const inner = container(text('abc'), buttons(button('x', '1'), button('y', '2')));
    expect(measure([inner, text('de')])).toEqual({ components: 6, text: 5 });
  });

  test('leaves alone what fits', () => {
    const components = [container(text('x'.repeat(LIMITS.text)))];
    expect(view(components).components).toBe(components);
  });

  test('shortens the longest texts first, so that headers and footers stay', () => {
    const fitted = view([container(text('header'), text('x'.repeat(5000)), text('footer'))]);
    expect(measure(fitted.components).text).toBeLessThanOrEqual(LIMITS.text);
    expect(textOf(fitted)).toMatch(/^header\nx+…\nfooter$/);
  });

  test('leaves out the last components when there are too many', () => {
    const fitted = view([container(...Array.from({ length: 60 }, (_, n) => text(`t${n}`)))]);
    expect(measure(fitted.components).components).toBe(LIMITS.components);
    expect(textOf(fitted)).toContain('t38');
    expect(fitted.components[0]?.type).toBe(ComponentType.Container);
  });

  test('fits whatever it is given', () => {
    const texts = fc.array(
      fc.string({ minLength: 1, maxLength: 2000 }).map((content) => text(content)),
      { minLength: 1, maxLength: 70 },
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (texts, contained) => {
        const size = measure(view(contained ? [container(...texts)] : texts).components);
        expect(size.components).toBeLessThanOrEqual(LIMITS.components);
        expect(size.text).toBeLessThanOrEqual(LIMITS.text);
      }),
      { numRuns: 30 },
    );
  });
});

test('nothing that is sent can ping', () => {
  expect(view([text('hi')]).allowedMentions).toEqual({ parse: [] });
});
