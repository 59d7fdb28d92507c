import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, idOf, startTeam, wordsOf } from './commands/support.ts';
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

test('an agent’s own approval card becomes one of them, with the way to its buttons, and its buttons close it', async () => {
  team.researcher.in(team.channel).send('Here I am');
  await team.running.settled();
  await ask(team.ana, team.channel, 'bot set', { bot: 'researcher', dialect: 'openclaw' });
  const open = '## Exec Approval Required\n\n### Command\n```sh\nrm -rf build\n```\nID: ab12cd34';
  const request = team.researcher.in(team.channel).send(open);
  await said(team);
  const card = cardIn(team);
  expect(wordsOf(card)).toContain('🚨 **researcher asks for permission**');
  expect(JSON.stringify(card.components)).toContain(`/${team.channel.id}/${request.id}`);
  expect(idOf(card, 'Answer…')).toBeDefined();
  team.researcher
    .in(team.channel)
    .edit(
      request,
      open.replace('Required', ': Allowed (once)').replace(' :', ':').replace('ID:', 'Resolved by Ana\nID:'),
    );
  await said(team);
  expect(await only(team)).toMatchObject({ state: 'resolved' });
  expect(wordsOf(cardIn(team))).toContain(
    '**Ana** decided: **allowed, once** · With the agent’s own buttons',
  );
  expect(posted(team)).toHaveLength(1);
});

test.each([
  ['an open workspace', { workspaces: [{ match: 'project-*', type: 'open' as const }] }],
  ['silence', { ...OWNED_BY_ANA, work_logs: { silent: true } }],
])('in %s nobody is told of what waits; what is decided from the list is answered', async (_, config) => {
  await team.end();
  team = await startTeam({ config });
  team.researcher.in(team.channel).send(asking({ timeout: '1h', on_timeout: 'proceed' }));
  await said(team);
  expect(posted(team)).toEqual([]);
  const { reply } = await ask(team.ana, team.channel, 'escalations');
  await press(team, team.ana, reply, 'Passphrases');
  // By the bot's own sender: it runs in silence, too.
  const state = async () => (await only(team)).state;
  await expect.poll(state, { timeout: 5000 }).toBe('resolved');
  expect(posted(team).map(({ content }) => content.includes('```worklog'))).toEqual([true]);
});
