import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { RULES, START, ana, mapping, memoryStore } from '../store/support.ts';
import { observation } from './support.ts';

const kimaki: Author = { key: '300', name: 'kimaki', kind: 'bot' };

let store: Store;
let recorder: Recorder;
beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  recorder = new Recorder(store, RULES);
});
afterEach(() => store.close());

let messages = 0;

/** A message of its own, a second after the one before. */
function said(author: Author, content: string, extra: Partial<Observation> = {}): Observation {
  messages += 1;
  const [messageId, at] = [String(2_000_000 + messages), START + messages * 1000];
  return observation({ messageId, author, at, content, ...extra });
}

async function logs() {
  return (await store.sessions.list({ workspaceIds: [1], limit: 10 })).toReversed();
}

async function steps(sessionId: string) {
  return (await store.entries.page({ sessionId }, 0, 100)).entries;
}

const block = (json: unknown) => `\`\`\`worklog\n${JSON.stringify(json)}\n\`\`\``;

describe('a bot of a known dialect', () => {
  test('is found out by its own messages, and read in it from then on, also after a restart', async () => {
    await recorder.record([said(kimaki, '┣ bash _pnpm test_'), said(kimaki, '┣ grep *foo*')]);
    const [profile] = await store.bots.byKeys([kimaki.key]);
    expect(profile).toMatchObject({ dialect: 'kimaki', dialectBy: 'detected' });
    await new Recorder(store, RULES).record([said(kimaki, '┣ read *index.ts*')]);
    const [log] = await logs();
    const last = (await steps(log!.sessionId)).at(-1);
    expect(last).toMatchObject({ level: 'tool', origin: 'parsed', tool: { name: 'read' } });
  });

  test('that somebody set to plain chat stays so', async () => {
    await recorder.record([said(kimaki, 'hello')]);
    await store.bots.describe(kimaki.key, { dialect: { name: null, by: 'command' } });
    const again = new Recorder(store, RULES);
    await again.record([1, 2, 3].map(() => said(kimaki, '┣ bash _pnpm test_')));
    const [log] = await logs();
    expect((await steps(log!.sessionId)).every(({ level }) => level === 'info')).toBe(true);
    expect((await store.bots.byKeys([kimaki.key]))[0]).toMatchObject({ dialect: null, dialectBy: 'command' });
  });

  test('whose role somebody set has it in every entry', async () => {
    await recorder.record([said(kimaki, 'hello')]);
    await store.bots.describe(kimaki.key, { role: 'user-proxy' });
    await new Recorder(store, RULES).record([said(kimaki, 'hello again')]);
    const [log] = await logs();
    expect((await steps(log!.sessionId)).map(({ role }) => role)).toEqual(['specialist', 'user-proxy']);
  });
});

describe('data that an agent reports', () => {
  test('becomes steps of its own beside what it says', async () => {
    const decision = { type: 'decision', message: 'Take 100 a minute', confidence: 0.9, category: 'routing' };
    const message = said(kimaki, `On it.\n${block([decision, { ...decision, confidence: 0 }])}`);
    expect(await recorder.record([message])).toEqual({ recorded: 3, duplicates: 0, dropped: 0 });
    expect(await recorder.record([message])).toEqual({ recorded: 0, duplicates: 3, dropped: 0 });
    const entries = await steps(message.messageId);
    expect(
      entries.map(({ step, level, message, confidence, origin }) => [
        step,
        level,
        message,
        confidence,
        origin,
      ]),
    ).toEqual([
      [1, 'info', 'On it.', null, 'inferred'],
      [2, 'decision', 'Take 100 a minute', 0.9, 'reported'],
      [3, 'decision', 'Take 100 a minute', 0, 'reported'],
    ]);
  });

  test('opens a session and ends it, with what it says of the whole', async () => {
    const start = said(kimaki, block({ type: 'session_start', query: 'Refactor the login' }));
    const end = said(
      kimaki,
      block({ type: 'session_end', final_output: 'Done', summary: 'One file changed' }),
    );
    await recorder.record([said(ana, 'hi'), start, said(kimaki, 'working'), end, said(ana, 'thanks')]);
    expect(
      (await logs()).map(({ query, counts, endReason, finalOutput, summary }) => [
        query,
        counts.steps,
        endReason,
        finalOutput,
        summary,
      ]),
    ).toEqual([
      ['hi', 1, 'reported', null, null],
      ['Refactor the login', 3, 'reported', 'Done', 'One file changed'],
      ['thanks', 1, null, null, null],
    ]);
  });

  test('of a person is what it looks like: text', async () => {
    const message = said(ana, block({ message: 'I am a bot', level: 'decision' }));
    await recorder.record([message]);
    expect((await steps(message.messageId)).map(({ level, origin }) => [level, origin])).toEqual([
      ['info', 'inferred'],
    ]);
  });

  test('that is wrong stays as text and is warned of', async () => {
    const message = said(kimaki, block({ message: 'sure', confidence: 7 }));
    await recorder.record([message]);
    const [text, warning] = await steps(message.messageId);
    expect(text!.message).toContain('"confidence":7');
    expect(warning).toMatchObject({ level: 'warning' });
    expect(warning!.message).toContain('confidence');
  });
});

describe('what is told of in the wrong order', () => {
  test('a message that was deleted before is not recorded, nor what it hands over, whatever is posted with it', async () => {
    const [gone, also, stays] = ['my key', 'another', 'hello'].map((text) => said(ana, text));
    await recorder.record([{ deleted: [gone!.messageId], at: START }]);
    await recorder.record([
      { deleted: [also!.messageId, '1'], at: START },
      gone!,
      { ...gone!, editedAt: gone!.at + 10, content: 'my other key' },
      also!,
      stays!,
    ]);
    const [log] = await logs();
    expect((await steps(log!.sessionId)).map(({ message }) => message)).toEqual(['hello']);
    expect(log!.query).toBe('hello');
    expect(await store.coverage.marks(1)).toMatchObject([{ messageId: stays!.messageId }]);
  });

  test('a message whose deletion could not be stored at first is not recorded either', async () => {
    const gone = said(ana, 'my key');
    const entries = {
      ...store.entries,
      erase: async () => Promise.reject(new Error('The disk is full.')),
    };
    const failing = new Recorder({ ...store, entries }, RULES);
    await expect(failing.record([{ deleted: [gone.messageId], at: START }])).rejects.toThrow('disk');
    await failing.record([gone]);
    expect(await logs()).toEqual([]);
  });

  test('an edit that comes after a later one changes nothing', async () => {
    const message = said(kimaki, 'one');
    const edit = (ms: number, content: string) => ({ ...message, content, editedAt: message.at + ms });
    await recorder.record([message, edit(60_000, 'something else'), edit(30_000, 'in between')]);
    const [log] = await logs();
    expect((await steps(log!.sessionId)).map((step) => step.message)).toEqual(['one', 'something else']);
  });
});
