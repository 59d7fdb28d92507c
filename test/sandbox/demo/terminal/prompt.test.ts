import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Client } from '../../../../sandbox/demo/terminal/client.ts';
import { prompt } from '../../../../sandbox/demo/terminal/prompt.ts';
import { Seat } from '../../../../sandbox/demo/terminal/seat.ts';
import { openTheatre } from '../support.ts';

const CTRL_C = '\u0003';

/** A person before a prompt; `left` resolves when they are gone. */
async function sitDown() {
  const theatre = await openTheatre();
  const { cast, stage, output, printed } = theatre;
  const seat = new Seat(cast, stage, cast.people.get('ana')!, cast.channels.get('general')!.id);
  stage.transcript.follow(() => seat.person);
  const input = new PassThrough();
  const stop = new AbortController();
  const left = prompt(new Client(cast, stage, seat), seat, stage.screen, { input, output }, stop.signal);
  let text = '';
  /** Waits until this is printed, after what was waited for before. */
  const shown = async (part: string) => {
    await expect.poll(() => (text += printed())).toContain(part);
    text = text.slice(text.indexOf(part) + part.length);
  };
  await shown('Ana #general › ');
  return { cast, input, stop, left, shown, [Symbol.asyncDispose]: () => theatre[Symbol.asyncDispose]() };
}

test('lines are done one after another, until quit', async () => {
  await using table = await sitDown();
  table.input.write('as ben\r');
  await table.shown('Ben #general › ');
  table.input.write('hello\r');
  await table.shown('Ben         hello');
  table.input.write('quit\r');
  await expect(table.left).resolves.toBeUndefined();
});

test('what others say appears while one types, and the prompt comes back', async () => {
  await using table = await sitDown();
  table.input.write('half a li');
  const { people, channels } = table.cast;
  people.get('ben')!.in(channels.get('general')!).send('meanwhile');
  await table.shown('Ben         meanwhile\n');
  await table.shown('Ana #general › half a li');
  table.input.write('ne\r');
  await table.shown('Ana         half a line');
  table.input.write('quit\r');
  await expect(table.left).resolves.toBeUndefined();
});

test('Tab completes', async () => {
  await using table = await sitDown();
  table.input.write('#proj\t');
  await table.shown('ect-refactor ');
  table.input.write('\rquit\r');
  await expect(table.left).resolves.toBeUndefined();
});

test('Ctrl-C leaves', async () => {
  await using table = await sitDown();
  table.input.write(CTRL_C);
  await expect(table.left).resolves.toBeUndefined();
});

test('being told to stop leaves', async () => {
  await using table = await sitDown();
  table.stop.abort();
  await expect(table.left).resolves.toBeUndefined();
});
