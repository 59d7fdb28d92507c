import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BLOCK_FIELDS, ON_TIMEOUT, SEVERITIES } from '../../src/domain/block.ts';
import { LEVELS, TOOL_STATUSES } from '../../src/domain/entry.ts';
import { DIALECTS } from '../../src/recorder/dialects/index.ts';
import { readBlocks } from '../../src/recorder/dialects/worklog-block.ts';

const guide = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');

describe('the guide for authors of agents', () => {
  it('shows blocks that are read', () => {
    const { parts } = readBlocks(guide);
    expect(parts.length).toBeGreaterThanOrEqual(8);
    expect(parts.map(({ origin }) => origin)).not.toContain('inferred');
  });

  it.each([...BLOCK_FIELDS, ...LEVELS, ...TOOL_STATUSES, ...SEVERITIES, ...ON_TIMEOUT])(
    'explains %s',
    (word) => {
      expect(guide).toContain(`\`${word}\``);
    },
  );

  it('names every dialect', () => {
    const names = guide.toLowerCase().replaceAll(/[^a-z]/g, '');
    for (const name of DIALECTS.keys()) {
      expect(names).toContain(
        name.replace('claude-code-plugin', 'claude code s plugin').replaceAll(/[^a-z]/g, ''),
      );
    }
  });
});
