import { afterEach, beforeEach, expect, test } from 'vitest';
import { idOf, startTeam, wordsOf } from './commands/support.ts';
import type { Running } from './commands/support.ts';
import { asking, cardIn, only, posted, press, said } from './support/escalations.ts';

/** Ana, who owns the server, decides: nobody else is named. */
const OWNED_BY_ANA = { workspaces: [{ match: 'project-*', type: 'project' as const }] };

let team: Running;
beforeEach(async () => {
  team = await startTeam({ config: OWNED_BY_ANA });
});
afterEach(() => team.end());

test('an agent asks, its owner is pinged and decides, and the answer gets back, whenever the bot is restarted', async () => {
  team.ben.in(team.channel).send('Which password rule do we take?');
  const block = team.researcher.in(team.channel).send(asking({ confidence: 0.4, dedupe_key: 'policy' }));
  await team.running.settled();
  await team.restart();

  await said(team);
  const card = cardIn(team);
  expect(card.mentions.map(({ id }) => id)).toEqual([team.ana.id]);
  expect(wordsOf(card)).toContain('🚨 **researcher needs a decision**');
  expect(wordsOf(card)).toContain('40 % sure');
  await team.restart();

  const shown = await press(team, team.ana, card, 'Passphrases');
  expect(shown).toContain('◆ **Ana** decided: **Passphrases**');
  await team.restart();

  await said(team);
  const answer = posted(team).at(-1)!;
  expect(answer.message_reference?.message_id).toBe(block.id);
  expect(answer.mentions.map(({ id }) => id)).toEqual([team.researcher.id]);
  expect(answer.content).toContain('**Ana** decided: **Passphrases**');
  const [, json] = /```worklog\n(.*)\n```/.exec(answer.content)!;
  expect(JSON.parse(json!)).toMatchObject({
    type: 'decision',
    dedupe_key: 'policy',
    outcome: 'decided',
    option: 'Passphrases',
    decided_by: 'Ana',
    step: 2,
  });
  expect(await only(team)).toMatchObject({ state: 'resolved', stateBy: { key: team.ana.id } });
  await team.restart();

  await said(team);
  expect(posted(team)).toHaveLength(2);
  expect(wordsOf(cardIn(team))).toContain('◆ **Ana** decided: **Passphrases**');
  expect(() => idOf(cardIn(team), 'Passphrases')).toThrow('No component');
  const { entries } = await team.running.app.store.entries.page(
    { sessionId: (await only(team)).sessionId },
    0,
    10,
  );
  expect(entries.at(-1)).toMatchObject({
    step: 3,
    level: 'decision',
    category: 'escalation',
    responseTo: 2,
    author: { name: 'Ana', kind: 'person' },
    message: 'Passphrases',
  });
});
