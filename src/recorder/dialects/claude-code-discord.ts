import type { Observation } from '../observation.ts';
import { isResolved } from './approval.ts';
import { readApprovalEmbed } from './claude-code-approvals.ts';
import { readCompletion } from './claude-code-completion.ts';
import { readToolEmbed } from './claude-code-tools.ts';
import type { Dialect, Part } from './dialect.ts';
import { detailsOf, embedText, parsedPart, plainPart, textOf } from './text.ts';

/**
 * claude-code-discord (github.com/zebbern/claude-code-discord): everything is an embed, and its title says what it is.
 */
export const claudeCodeDiscord: Dialect = {
  name: 'claude-code-discord',
  recognises: (observation) => read(observation).some(({ origin }) => origin === 'parsed'),
  read,
  grows: isResolved,
};

type Embed = Observation['embeds'][number];

function read(observation: Observation): Part[] {
  const { embeds, author } = observation;
  if (embeds.every(({ title }) => title === null)) return [plainPart(textOf(observation), author)];
  const around = textOf({ ...observation, embeds: [] });
  const parts = embeds.map((embed) => readEmbed(embed, observation) ?? plainPart(embedText(embed), author));
  return around === '' ? parts : [plainPart(around, author), ...parts];
}

function readEmbed(embed: Embed, observation: Observation): Part | null {
  const title = titleOf(embed);
  if (title === '') return null;
  return (
    readToolEmbed(title, embed) ??
    readApprovalEmbed(title, embed, observation) ??
    readTalk(title, embed) ??
    readCompletion(title, embed)
  );
}

/** Without its emoji, which some versions leave out. */
function titleOf({ title }: Embed): string {
  return (title ?? '').replace(/^[^\p{L}\p{N}]+/u, '').trim();
}

function readTalk(title: string, embed: Embed): Part | null {
  const said = embed.description ?? '';
  const [, kind, chunk, chunks] = /^(Thinking|Assistant)(?: \((\d+)\/(\d+)\))?$/.exec(title) ?? [];
  if (kind !== undefined) {
    const details = detailsOf({ chunk: chunk && Number(chunk), chunks: chunks && Number(chunks) });
    return parsedPart(kind === 'Thinking' ? 'thinking' : 'info', said, { details });
  }
  if (title === 'Subagent Task Started') {
    const type = embed.fields.find(({ name }) => name === 'Type')?.value;
    return parsedPart('handoff', said, {
      category: 'coordination',
      handoffTo: type === undefined ? undefined : [type],
      details: { subagent: type ?? true },
    });
  }
  const [, status] = /^Subagent Task (\w+)$/.exec(title) ?? [];
  if (status === undefined) return null;
  const level = status === 'Failed' ? 'error' : 'coordination';
  return parsedPart(level, said, {
    category: 'coordination',
    details: { subagent: true, status: status.toLowerCase() },
  });
}
