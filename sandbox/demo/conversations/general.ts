import type { Conversation } from '../conversation.ts';

/** Small talk: a simple question, one bot, one tool. */
export const general: Conversation = {
  channel: 'general',
  lines: [
    { id: 'ask', from: 'ben', say: 'Morning! @nanobot do I need an umbrella today?' },
    { from: 'nanobot', replyTo: 'ask', say: 'A small one, nobody else is needed: I look it up myself.' },
    { from: 'nanobot', say: 'weather_lookup Lisbon → sunny, 22 °C, no rain (450 ms)' },
    { from: 'nanobot', replyTo: 'ask', say: 'Leave it at home. Sunny all day, 22 °C.' },
    { from: 'ben', say: 'Thanks!' },
  ],
};
