import { expect } from 'vitest';
import type { Bot, Person } from '../../sandbox/sandbox.ts';
import { ask, idOf, wordsOf } from './support.ts';
import type { Running } from './support.ts';

/** What somebody is told for a subcommand. */
export function told({ channel }: Running, person: Person, sub: string) {
  return ask(person, channel, `privacy ${sub}`);
}

/** Says something in the channel; `stored` is what is kept of it. */
export async function says(team: Running, who: Person | Bot, content: string) {
  const { id } = who.in(team.channel).send(content);
  await team.running.settled();
  return { id, stored: () => team.running.app.store.entries.byMessage(id) };
}

/** Presses buttons one after the other, and returns what is shown then. */
export async function press(
  { channel }: Running,
  person: Person,
  sub: string,
  ...labels: string[]
): Promise<string> {
  const run = await person.in(channel).command(`privacy ${sub}`);
  let shown = await run.reply();
  for (const label of labels) {
    const before = wordsOf(shown);
    await person.in(channel).click(shown, idOf(shown, label));
    await expect.poll(async () => wordsOf(await run.reply())).not.toBe(before);
    shown = await run.reply();
  }
  return wordsOf(shown);
}
