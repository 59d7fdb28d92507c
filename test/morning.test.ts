import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idOf, wordsOf } from './commands/support.ts';
import { playNight } from './support/night.ts';
import type { Night } from './support/night.ts';
import { OVERNIGHT } from './support/overnight.ts';
import { reportText } from './support/report-text.ts';

let night: Night;
beforeEach(async () => {
  night = await playNight(OVERNIGHT);
});
afterEach(() => night.end());

/** Links as their text, times left out. */
const plain = (text: string) =>
  text
    .replace(/\[(\d+)\]\([^)]*\)/g, '$1')
    .replace(/<t:\d+:\w>/g, '…')
    .split('\n');

/** The terminal tells times by the clock of its machine. */
const timeless = (text: string) => text.replace(/\d{1,2} \w{3} \d{4}, \d{2}:\d{2}/g, '…');

test('the report of a night of several bots says what was done, what waits and what comes next, and nothing else', async () => {
  const report = await night.report();
  expect(plain(wordsOf(report))).toEqual([
    '🌙 **#coordination-website**, last night · since …',
    '**⚠ Needs your decision**',
    '11 **nanobot** Minimalist (coder: faster) or visual (creative: stronger brand)? asked …',
    '**✅ Completed**',
    '3 **nanobot → researcher** Analyse 3 competitor sites. → 4 All 3 sites analysed.',
    '3 **nanobot → creative** Draft the homepage. → 5 2 drafts are ready.',
    '3 **nanobot → coder** Set up the repository. → 6 The repository is ready.',
    '**⏳ Pending**',
    '9 **nanobot → coder** Build the minimalist one. *no answer*',
    '9 **nanobot → creative** Give coder the specs. → 10 I respectfully disagree: visual carries the brand. *not done*',
    '1 Build our website while I sleep *still open*',
    '**➡ Next** Decide what **nanobot** asks (11)',
    '-# seen without gaps · of 11 steps; a number opens its message',
  ]);
});

test('it fits a screen, and is in the README as it is, with its picture', async () => {
  const report = await night.report();
  expect(
    wordsOf(report)
      .replace(/\(https:\S+\)/g, '')
      .split(/\s+/).length,
  ).toBeLessThan(160);
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  expect(timeless(readme)).toContain(timeless(reportText(report)));
  expect(readme).toContain(`![${report.attachments[0]!.description}](docs/images/report.png)`);
});

test('what waits is decided from the report, and then the next report tells it', async () => {
  const report = await night.report();
  const run = await night.ana.in(night.channel).click(report, idOf(report, 'Visual'));
  expect(wordsOf(await run.reply())).toContain('Visual');
  const next = plain(wordsOf(await night.report()));
  expect(next).not.toContain('**⚠ Needs your decision**');
  expect(next).toContainEqual(expect.stringMatching(/^11 \*\*Ana\*\* Minimalist .* → Visual$/));
});
