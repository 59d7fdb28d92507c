import { describe, expect, it } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import { readParts } from '../../src/recorder/dialects/read.ts';
import { draftsOf } from '../../src/recorder/drafts.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { observation } from './support.ts';

const nanobot: Author = { key: '11', name: 'nanobot', kind: 'bot' };
const ana: Author = { key: '12', name: 'Ana', kind: 'person' };

const read = (extra: Partial<Observation>) => {
  const seen = observation({ author: nanobot, replyToMessageId: '99', ...extra });
  return draftsOf(seen, readParts(seen, null), new Map([['nanobot', nanobot]]), null)[0]!;
};

describe('plain chat', () => {
  it('is inferred information that claims nothing which was not said', () => {
    expect(read({ content: 'Done, 90 % sure.' })).toEqual({
      messageId: '100',
      part: 0,
      replyToMessageId: '99',
      at: 5_000,
      author: nanobot,
      level: 'info',
      category: 'general',
      message: 'Done, 90 % sure.',
      origin: 'inferred',
      mentions: [],
      addressed: [],
      escalation: false,
      confidence: null,
      durationMs: null,
      tool: null,
      details: null,
      masked: 0,
    });
  });

  it('reads content, embeds, components and file names from top to bottom', () => {
    const { message } = read({
      content: 'See <@12>',
      mentions: [{ token: '<@12>', text: '@Ana', author: ana }],
      embeds: [
        { title: 'Report', description: 'All well', fields: [{ name: 'Tests', value: '12' }], footer: 'v1' },
        { title: null, description: null, fields: [], footer: null },
      ],
      componentTexts: ['## Approve?'],
      attachments: ['log.txt'],
    });
    expect(message).toBe('See @Ana\nReport\nAll well\nTests: 12\nv1\n## Approve?\n[file: log.txt]');
  });

  it('is not a conversation with itself when a bot writes its own name', () => {
    expect(read({ content: '@nanobot here, starting' })).toMatchObject({ mentions: [], addressed: [] });
  });

  it.each([
    ['🚨 Escalation: which colour?', nanobot, true],
    ['🚨 escalation needed', nanobot, true],
    ['no 🚨 Escalation: here', nanobot, false],
    ['🚨 Escalations are rare', nanobot, false],
    ['🚨 Escalation: I am only a person', ana, false],
  ])('%j by %o is an escalation: %s', (content, author, escalation) => {
    const draft = read({ content, author });
    expect(draft.escalation).toBe(escalation);
    expect(draft.category).toBe(escalation ? 'escalation' : 'general');
    expect(draft.level).toBe(escalation ? 'coordination' : 'info');
  });
});
