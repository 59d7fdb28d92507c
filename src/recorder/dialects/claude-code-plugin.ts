import type { Observation } from '../observation.ts';
import { isResolved, outcomePart, requestPart } from './approval.ts';
import type { Request } from './approval.ts';
import type { Dialect, Part, Said } from './dialect.ts';
import { jsonOrText, plainPart, textOf } from './text.ts';

/**
 * Claude Code's own Discord plugin (github.com/anthropics/claude-plugins-official): plain text, and a permission request that is
 * edited twice: unfolded with its details, and ended with its outcome.
 */
export const claudeCodePlugin: Dialect = {
  name: 'claude-code-plugin',
  recognises: (observation) => PERMISSION.test(observation.content),
  read,
  grows: (before, after) => isResolved(before, after) || asksForSame(before, after),
};

/** [See more] was pressed. */
function asksForSame(before: readonly Said[], after: readonly Said[]): boolean {
  const [was, is] = [before, after].map(
    (said) => said.find(({ escalation }) => escalation)?.details?.['tool'],
  );
  return was !== undefined && was === is;
}

const PERMISSION = /^🔐 Permission: (.+)/u;
const OUTCOME = /\n\s*(✅ Allowed|❌ Denied)\s*$/u;

function read(observation: Observation): Part[] {
  const text = textOf(observation);
  const tool = toolOf(text);
  if (tool === undefined) return [plainPart(text, observation.author)];
  const outcome = OUTCOME.exec(text)?.[1];
  const request = requestOf(tool, text.replace(OUTCOME, ''));
  const about = [`Permission: ${tool}`, request.reason].filter((word) => word !== undefined).join('\n');
  if (outcome === undefined) return [requestPart(about, request)];
  return [outcomePart(`${about}\n${outcome}`, outcome.startsWith('✅') ? 'allowed' : 'denied', request)];
}

function toolOf(text: string): string | undefined {
  return PERMISSION.exec(text)?.[1]?.trim();
}

/** The details that [See more] unfolds. */
function requestOf(tool: string, text: string): Request {
  const preview = /^input_preview:\s*([\s\S]*)$/m.exec(text)?.[1];
  return {
    kind: 'approval',
    tool,
    reason: /^description: (.+)$/m.exec(text)?.[1],
    input: preview === undefined ? undefined : jsonOrText(preview),
  };
}
