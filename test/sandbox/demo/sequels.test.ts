import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sequels } from '../../../sandbox/demo/conversations/sequels.ts';
import { atOnce } from '../../../sandbox/demo/pace.ts';
import { awaitDecisions } from '../../../sandbox/demo/sequels.ts';
import { openTheatre } from './support.ts';
import type { Theatre } from './support.ts';

let theatre: Theatre;
let stop: AbortController;
beforeEach(async () => {
  theatre = await openTheatre();
  stop = new AbortController();
  const tempo = { pace: atOnce, leapTo: async () => {}, report: async () => {}, answered: async () => {} };
  awaitDecisions(sequels, theatre.cast, tempo, stop.signal, (error) => {
    throw error;
  });
});
afterEach(async () => {
  stop.abort();
  await theatre[Symbol.asyncDispose]();
});

const answer = (decision: object) => `<@1> decided\n\`\`\`worklog\n${JSON.stringify(decision)}\n\`\`\``;
const decided = { type: 'decision', outcome: 'decided', note: null, decided_by: 'Ben' };
const said = (channel: string) =>
  theatre.cast.channels
    .get(channel)!
    .messages()
    .map(({ content }) => content);

describe('an agent that gets its answer goes on, whatever it is', () => {
  test.each([
    [
      'password-policy',
      'Passphrases',
      null,
      'project-refactor',
      /The rule: Passphrases\./,
      /Done: four words/,
    ],
    [
      'password-policy',
      'Special characters',
      'and no more',
      'project-refactor',
      /rule: Special characters, and no more\./,
      /one of them special/,
    ],
    [
      'password-policy',
      null,
      'None at all',
      'project-refactor',
      /The rule: None at all\./,
      /Done: the rule is as you said it/,
    ],
    ['homepage-design', 'Visual', null, 'coordination-website', /Build it: Visual\./, /first preview/],
  ])('%s: %s, %s', async (key, option, note, channel, work, end) => {
    const { guest, channels } = theatre.cast;
    guest.in(channels.get(channel)!).send(answer({ ...decided, dedupe_key: key, option, note }));
    await expect.poll(() => said(channel).at(-1)).toMatch(end);
    expect(said(channel)[1]).toBe('Thank you, Ben. I go on.');
    expect(said(channel)[2]).toMatch(work);
  });

  test('also when nobody answered in time', async () => {
    const { guest, channels } = theatre.cast;
    const late = {
      type: 'decision',
      outcome: 'proceed',
      dedupe_key: 'homepage-design',
      option: 'Minimal',
      decided_by: null,
    };
    guest.in(channels.get('coordination-website')!).send(answer(late));
    await expect.poll(() => said('coordination-website').at(-1)).toMatch(/first preview/);
    expect(said('coordination-website')[1]).toBe('Nobody is there, so I go on.');
  });
});

test('only the bot’s own answers to questions that were asked count, and each once', async () => {
  const { guest, people, channels } = theatre.cast;
  const channel = channels.get('project-refactor')!;
  const yes = answer({ ...decided, dedupe_key: 'password-policy', option: 'Passphrases' });
  people.get('ana')!.in(channel).send(yes);
  guest.in(channel).send(answer({ ...decided, dedupe_key: 'something-else', option: 'Yes' }));
  guest.in(channel).send('```worklog\n{ no JSON\n```');
  const real = guest.in(channel).send(yes);
  guest.in(channel).edit(real, `${yes} `);
  await expect.poll(() => said('project-refactor').at(-1)).toMatch(/Done: four words/);
  expect(said('project-refactor').filter((text) => text.startsWith('Thank you'))).toHaveLength(1);
});
