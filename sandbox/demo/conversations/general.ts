import type { Conversation } from '../conversation.ts';
import { shows } from './formats.ts';

/** Small talk: simple questions, and for each one bot and one tool. */
export const general: Conversation = {
  channel: 'general',
  lines: [
    {
      at: '21:48',
      id: 'ask',
      from: 'ben',
      say: '@nanobot will it be dry tomorrow morning? I would take the bike.',
    },
    {
      from: 'nanobot',
      replyTo: 'ask',
      say: 'A small one, nobody else is needed: I look it up myself.',
      report: {
        type: 'decision',
        category: 'routing',
        message: 'Answer alone, one look-up is enough',
        confidence: 0.95,
        alternatives: ['hand it to researcher'],
      },
    },
    {
      from: 'nanobot',
      replyTo: 'ask',
      say: 'Take it. Dry until noon, 17 °C, hardly any wind.',
      report: {
        type: 'tool',
        tool_name: 'weather_lookup',
        tool_input: { kwargs: { place: 'Lisbon', day: 'tomorrow' } },
        tool_output: { _summary: 'dry until noon, 17 °C', status: 'success' },
        duration_ms: 450,
      },
    },
    {
      at: '21:50',
      id: 'build',
      from: 'ben',
      say: 'Thanks! @coder is the build green? Then I call it a day.',
    },
    { from: 'coder', say: '', embeds: shows.tool('Bash', { command: 'npm test' }) },
    { at: '21:51', from: 'coder', say: '', embeds: shows.result('14 of 14 tests pass') },
    { from: 'coder', replyTo: 'build', say: 'Green. Good night!' },
  ],
};
