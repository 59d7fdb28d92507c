import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchWriter, batchOf, linesOf, observedIn } from '../../src/recorder/batch.ts';
import type { Observation, Observed } from '../../src/recorder/observation.ts';

const saying = (content: string) => ({ messageId: '1', content }) as Observation;

test('gives what it was given, in its order, whatever is said', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, (said) => {
      const observed: Observed[] = [...said.map(saying), { deleted: ['1', '2'], at: 3 }];
      expect(observedIn(batchOf(observed))).toEqual(observed);
    }),
  );
});

test('keeps line breaks, halves of characters and the widest characters in their lines', () => {
  const observed = ['a\nb\r\n', '\uD83D alone \uDE00', '語'.repeat(5000), '\u2028', ''].map(saying);
  const batch = batchOf(observed);
  expect([...linesOf(batch)]).toHaveLength(observed.length);
  expect(observedIn(batch)).toEqual(observed);
});

test('is empty when nothing happened', () => {
  expect(observedIn(batchOf([]))).toEqual([]);
});

test('goes on collecting behind what it gave', () => {
  const writer = new BatchWriter();
  writer.add(saying('first'));
  const first = writer.batch();
  writer.add(saying('second'));
  expect([observedIn(first), observedIn(writer.batch()), writer.size]).toEqual([
    [saying('first')],
    [saying('first'), saying('second')],
    2,
  ]);
});

test('is the same in another thread', async () => {
  const script = `require('node:worker_threads').parentPort.once('message', (batch) =>
    require('node:worker_threads').parentPort.postMessage(Buffer.from(batch).toString()))`;
  const thread = new Worker(script, { eval: true });
  const answered = new Promise((resolve) => {
    thread.once('message', resolve);
  });
  thread.postMessage(batchOf([saying('hello'), saying('é')]), []);
  expect(await answered).toBe('{"messageId":"1","content":"hello"}\n{"messageId":"1","content":"é"}\n');
  await thread.terminate();
});
