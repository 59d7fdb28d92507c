import type { Conversation } from '../conversation.ts';

/** One person and one specialist, in private. Researcher shows its tools as Hermes does: a line each. */
export const dmResearcher: Conversation = {
  channel: 'dm-researcher',
  lines: [
    {
      at: '21:53',
      id: 'ask',
      from: 'ana',
      say: '@researcher When will quantum computers break the encryption we use?',
    },
    { from: 'researcher', replyTo: 'ask', say: 'I read the estimates first, then the new standards.' },
    { at: '21:54', from: 'researcher', say: '🔍 web_search: "qubits needed to factor RSA-2048"' },
    { at: '21:55', from: 'researcher', say: '🔍 web_search: "post-quantum key exchange standard"' },
    { at: '21:57', from: 'researcher', say: '📖 read_file: "notes/ml-kem.md"' },
    {
      at: '21:59',
      from: 'researcher',
      replyTo: 'ask',
      say: 'Nobody knows the year. What is sure: a large machine breaks RSA and elliptic curves, and the lattice-based ML-KEM is the standard to move to. Start with what must stay secret longest: it can be recorded today and read then.',
      report: {
        type: 'insight',
        message:
          'What must stay secret for long should move to ML-KEM first: it can be recorded now and read later',
        insight_category: 'research_finding',
        confidence: 0.92,
      },
    },
  ],
};
