import { expect, test } from 'vitest';
import { Recorder } from '../../src/recorder/recorder.ts';
import { RULES, START, mapping, memoryStore, researcher } from '../store/support.ts';
import { observation } from './support.ts';

/** Put together here, so that nobody's scanner takes it for a real one. */
const secretOf = (n: number) => `ghp_${`Q${n}w2E3r4T5y6u7`.repeat(4).slice(0, 36)}`;
const secrets = Array.from({ length: 9 }, (_, n) => secretOf(n));
const [tool, mention, category, cause, asked, insight, persona, person, plain] = secrets;

const block = {
  tool_name: tool,
  mentions: [`@${mention}`],
  category,
  triggered_by: `@${cause}`,
  to: `@${asked}`,
  insight_category: insight,
  message: plain,
};

test('no secret reaches the database in the name of anybody or anything', async () => {
  const { store, db } = memoryStore();
  await store.workspaces.map(mapping(), START, null);
  const recorder = new Recorder(store, RULES);
  const authors = [
    researcher,
    { key: `900:${persona}`, name: persona!, kind: 'persona' },
    { key: '100', name: `Ana ${person}`, kind: 'person' },
  ] as const;
  const content = `\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``;
  const messages = authors.map((author, index) =>
    observation({ messageId: String(2_000_000 + index), author, at: START + index, content }),
  );
  expect(await recorder.record(messages)).toMatchObject({ recorded: 3 });
  const stored = db.serialize().toString('latin1').toLowerCase();
  expect(stored).toContain('[masked:github-token]');
  expect(secrets.filter((secret) => stored.includes(secret.toLowerCase().slice(4)))).toEqual([]);
  await store.close();
});
