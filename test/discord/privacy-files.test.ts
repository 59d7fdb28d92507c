import { expect, test } from 'vitest';
import { filesOf } from '../../src/discord/privacy-files.ts';
import { EXPORT_MAX } from '../../src/views/export.ts';
import { mapping, memoryStore, placed, RULES, START } from '../store/support.ts';

test(
  'what fills many files is given whole, in the order in which it was said',
  { timeout: 20_000 },
  async () => {
    const { store } = memoryStore();
    const workspace = await store.workspaces.map(mapping(), START, null);
    await store.entries.append([placed(1)], RULES);
    const [first] = await store.people.recorded(workspace.id, 0, 1);
    const STEPS = 65;
    const message = 'x'.repeat(1024 * 1024);
    const records = Array.from({ length: STEPS }, (_, n) => {
      return { ...first!, id: n + 1, entry: { ...first!.entry, step: n + 1, message } };
    });
    const steps: number[] = [];
    const said: string[] = [];
    for await (const { content, files } of filesOf(async () => workspace, 'mine', [async () => records])) {
      const [file] = files!;
      expect(file!.attachment.length).toBeLessThanOrEqual(EXPORT_MAX);
      said.push(`${file!.name}: ${content}`);
      for (const line of file!.attachment.toString().trim().split('\n'))
        steps.push((JSON.parse(line) as { step: number }).step);
    }
    await store.close();
    expect(steps).toEqual(Array.from({ length: STEPS }, (_, n) => n + 1));
    expect(said[0]).toBe('mine-1.ndjson: File 1, more follows. 9 steps, one per line.');
    expect(said.at(-1)).toBe('mine-8.ndjson: File 8, the last. In all: 65 steps, one per line.');
  },
);
