import type { Observation } from '../observation.ts';
import { outcomePart, requestPart } from './approval.ts';
import type { Request } from './approval.ts';
import type { Part } from './dialect.ts';
import { fenceAt } from './lines.ts';
import { detailsOf, nameIn } from './text.ts';

const TITLE =
  /^(?:#{1,3} )?(Exec|Plugin) Approval(?: Required|: (Allowed|Denied|Expired)(?: \((\w+)\))?)\s*$/m;

/** An approval card, open or ended. Null when the text has none. */
export function readApproval(text: string, observation: Observation): Part[] | null {
  const title = TITLE.exec(text);
  if (!title) return null;
  const [, kind, verdict, scope] = title;
  const request = requestOf(kind!, text);
  const subject = request.command === undefined ? '' : `: ${request.command}`;
  if (verdict === undefined) return [requestPart(`${kind} approval required${subject}`, request)];
  const message = `${kind} approval ${verdict.toLowerCase()}${scope ? ` (${scope})` : ''}${subject}`;
  if (verdict === 'Expired') return [outcomePart(message, 'expired', request)];
  const resolver = /^Resolved by (.+)$/m.exec(text)?.[1];
  const person = resolver === undefined ? undefined : nameIn(resolver, observation);
  return [outcomePart(message, verdict === 'Denied' ? 'denied' : 'allowed', request, { person, scope })];
}

function requestOf(kind: string, text: string): Request {
  return {
    kind: 'approval',
    tool: kind.toLowerCase(),
    command: commandOf(text),
    id: /\bID: (\S+)/.exec(text)?.[1],
    expires_at: expiryOf(text),
    ...metadataOf(text),
  };
}

/** The code under its heading; the older card has it in a field. */
function commandOf(text: string): string | undefined {
  const lines = text.split('\n');
  const heading = lines.findIndex((line) => /^(?:### )?Command:?\s*(?:```.*)?$/.test(line));
  if (heading === -1) return /^Command: (.+)$/m.exec(text)?.[1];
  // A field's value follows its name on the same line.
  const fence =
    fenceAt(lines, heading + 1) ??
    fenceAt([lines[heading]!.replace(/^.*?(?=```)/, ''), ...lines.slice(heading + 1)], 0);
  // Backticks within the command are kept apart by characters without width.
  return fence?.body.replaceAll('\u200B', '').trim();
}

function expiryOf(text: string): string | undefined {
  const seconds = /Expires <t:(\d{1,11})(?::\w)?>/.exec(text)?.[1];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1000).toISOString();
}

/** `- Agent: main`, a line each. */
function metadataOf(text: string): Record<string, unknown> {
  const found = [...text.matchAll(/^- ([A-Z][\w ]{0,30}): (.+)$/gm)].map(([, key, value]) => [
    key!.toLowerCase().replaceAll(' ', '_'),
    value,
  ]);
  const context = detailsOf(Object.fromEntries(found));
  return context ? { context } : {};
}
