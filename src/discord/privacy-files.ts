import type { App } from '../app.ts';
import { toRecord } from '../domain/entry-record.ts';
import type { KeyedRecord } from '../store/people.ts';
import { EXPORT_MAX } from '../views/export.ts';
import type { Answer } from './respond.ts';

/** So many files are given, each of a size that Discord takes; what is left out is said. */
const FILES = 5;
const PAGE = 500;

/** Gives a page of what is to be exported, after the entry with this id. */
type Page = (after: number) => Promise<KeyedRecord[]>;

/** All of it as NDJSON, as one message for each file. */
export async function filesOf(app: App, name: string, pages: readonly Page[]): Promise<Answer[]> {
  const files: string[][] = [];
  let [left, lines, bytes] = [0, 0, EXPORT_MAX];
  for await (const line of linesOf(app, pages)) {
    const size = Buffer.byteLength(line);
    if (files.length === FILES && bytes + size > EXPORT_MAX) left += 1;
    else {
      if (bytes + size > EXPORT_MAX) {
        files.push([]);
        bytes = 0;
      }
      files.at(-1)!.push(line);
      lines += 1;
      bytes += size;
    }
  }
  if (files.length === 0) return [{ content: 'There is nothing to give: nothing is kept.' }];
  return files.map((file, index) => ({
    content: wordsOf(index, files.length, lines, left),
    files: [
      {
        name: `${name}${files.length > 1 ? `-${index + 1}` : ''}.ndjson`,
        attachment: Buffer.from(file.join('')),
      },
    ],
    allowedMentions: { parse: [] },
  }));
}

function wordsOf(index: number, files: number, lines: number, left: number): string {
  const which = files > 1 ? `File ${index + 1} of ${files}. ` : '';
  if (index > 0) return which.trim();
  const cut = left > 0 ? ` The newest ${left} did not fit: ask who runs this bot for the rest.` : '';
  return `${which}${lines} ${lines === 1 ? 'step' : 'steps'}, one per line.${cut}`;
}

async function* linesOf({ workspaces }: App, pages: readonly Page[]): AsyncGenerator<string> {
  for (const page of pages) {
    for (let after = 0, more = true; more;) {
      const records = await page(after);
      for (const { entry, workspaceId, id } of records) {
        const workspace = workspaces.byId(workspaceId);
        if (workspace) {
          const setting = {
            workspaceId: `#${workspace.name}`,
            workspaceType: workspace.type,
            participants: [],
          };
          yield `${JSON.stringify(toRecord(entry, setting))}\n`;
        }
        after = id;
      }
      more = records.length === PAGE;
    }
  }
}

export function pagesOfPerson({ store }: App, userId: string): Page[] {
  return [(after) => store.people.entries(userId, after, PAGE)];
}

export function pagesOfGuild({ store, workspaces }: App, guildId: string): Page[] {
  return workspaces.ofGuild(guildId).map(
    ({ id }) =>
      (after: number) =>
        store.people.recorded(id, after, PAGE),
  );
}
