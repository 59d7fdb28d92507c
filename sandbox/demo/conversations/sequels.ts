import type { Line } from '../conversation.ts';
import type { Decision, Sequel } from '../sequels.ts';
import { shows } from './formats.ts';

const passwordPolicy: Sequel = {
  channel: 'project-refactor',
  key: 'password-policy',
  lines: (decision) => [
    thanks(decision),
    { from: 'nanobot', say: `@coder Close the second hole, please. The rule: ${wish(decision)}.` },
    { from: 'coder', say: '', embeds: shows.tool('Edit', { file_path: 'src/auth/policy.ts' }) },
    {
      from: 'coder',
      say: `Done: ${PASSWORD_RULES[decision.option ?? ''] ?? 'the rule is as you said it'}. 19 of 19 tests pass.`,
      report: {
        type: 'tool',
        tool_name: 'run_tests',
        tool_output: { _summary: '19 of 19 tests pass', status: 'success' },
        duration_ms: 3200,
      },
    },
  ],
};

const PASSWORD_RULES: Readonly<Record<string, string>> = {
  Passphrases: 'four words or more, nothing forced into them',
  'Special characters': 'twelve characters, one of them special',
};

const homepageDesign: Sequel = {
  channel: 'coordination-website',
  key: 'homepage-design',
  lines: (decision) => [
    thanks(decision),
    {
      from: 'nanobot',
      say: `@coder Build it: ${wish(decision)}.\n@creative Give coder what is missing, please.`,
      report: {
        type: 'coordination',
        message: `The design is settled: ${wish(decision)}`,
        coordinator_mode: true,
      },
    },
    { from: 'creative', say: 'The specs and pictures are in the repository.' },
    { from: 'coder', say: 'On it. The first preview is there in an hour.' },
  ],
};

/** What follows from each of the two questions, whatever the answer. */
export const sequels: readonly Sequel[] = [passwordPolicy, homepageDesign];

function thanks({ decidedBy }: Decision): Line {
  const say = decidedBy === null ? 'Nobody is there, so I go on.' : `Thank you, ${decidedBy}. I go on.`;
  return { from: 'nanobot', replyTo: 'answer', say };
}

/** The option, the person's own words, or both. */
function wish({ option, note }: Decision): string {
  return [option, note].filter((part) => part !== null).join(', ') || 'as I proposed';
}
