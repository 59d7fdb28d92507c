import { describe, expect, test } from 'vitest';
import { createMasker } from '../../src/masking/mask.ts';
import { fitted } from '../../src/recorder/fit.ts';
import { placed } from '../store/support.ts';

const masker = createMasker();
// Put together here, so that nobody's scanner takes it for a real one.
const secret = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;

describe('what is stored', () => {
  test('holds no secret in any field, and says how many were hidden', () => {
    const tool = {
      name: `curl ${secret}`,
      input: { key: secret },
      output: [`got ${secret}`],
      status: 'error',
      error: secret,
    } as const;
    const named = { key: `@${secret.toLowerCase()}`, name: secret, kind: 'bot' } as const;
    const before = placed(1, {
      author: { key: `9:bot ${secret}`, name: `bot ${secret}`, kind: 'persona' },
      category: secret,
      mentions: [named],
      addressed: [named],
      claims: { triggeredBy: secret, insightCategory: secret },
      message: `use ${secret} please`,
      tool,
      details: { note: secret },
    });
    const after = fitted(
      { ...before, log: { query: secret, summary: `s ${secret}`, finalOutput: secret } },
      masker,
    );
    expect(JSON.stringify(after).toLowerCase()).not.toContain(secret.toLowerCase());
    expect(after.draft.author).toMatchObject({ key: '9:bot [masked:github-token]' });
    expect(after.draft.message).toBe('use [masked:github-token] please');
    expect(after.draft.masked).toBe(14);
    expect(after.draft.tool).toMatchObject({ name: 'curl [masked:github-token]', status: 'error' });
  });

  test('is as it was said where there is nothing to hide', () => {
    const before = placed(2, { message: 'Nothing here, <@1099000000000000001>', details: { step: 1 } });
    expect(fitted(before, masker)).toEqual({ ...before, log: undefined });
  });

  test('keeps its limits, with and without masking', () => {
    const long = 'word '.repeat(4000);
    for (const hidden of [masker, null]) {
      const { draft } = fitted(placed(3, { message: long, details: { long } }), hidden);
      expect(draft.message).toHaveLength(4000);
      expect(draft.message).toMatch(/… \[cut: 16 \d{3} characters\]$/);
      expect(JSON.stringify(draft.details).length).toBeLessThanOrEqual(8192);
    }
  });

  test('is masked before it is cut: half a secret is a secret, too', () => {
    const { draft } = fitted(placed(4, { message: `${'x '.repeat(1985)}${secret}` }), masker);
    expect(draft.message).not.toContain('ghp_');
  });
});
