import type { App } from '../app.ts';
import { toRecord } from '../domain/entry-record.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { InsightWords, KeyedRecord } from '../store/people.ts';
import { EXPORT_MAX } from '../views/export.ts';
import { count } from '../views/text.ts';
import type { Answer } from './respond.ts';

const PAGE = 500;

/** Gives a page of what is to be exported, after the entry with this id. */
type Page = (after: number) => Promise<KeyedRecord[]>;

/** What a workspace is called in a file; null: it is not known any more. */
type Naming = (workspaceId: number) => Promise<Pick<Workspace, 'name' | 'type'> | null>;

/** All of it as NDJSON, as a message for each file: as many as it takes, each of a size that Discord takes. */
export async function* filesOf(
  naming: Naming,
  name: string,
  pages: readonly Page[],
  words: readonly InsightWords[] = [],
): AsyncGenerator<Answer> {
  const counted = words.length > 0 ? linesWithWords : stepsIn;
  let [files, lines, bytes] = [0, 0, 0];
  let file: string[] = [];
  for await (const line of linesOf(naming, pages, words)) {
    const size = Buffer.byteLength(line);
    if (bytes + size > EXPORT_MAX) {
      files += 1;
      yield answerOf(file, `${name}-${files}`, `File ${files}, more follows. ${counted(file.length)}`);
      [file, bytes] = [[], 0];
    }
    file.push(line);
    lines += 1;
    bytes += size;
  }
  if (lines === 0) yield { content: 'There is nothing to give: nothing is kept.' };
  else if (files === 0) yield answerOf(file, name, counted(lines));
  else yield answerOf(file, `${name}-${files + 1}`, `File ${files + 1}, the last. In all: ${counted(lines)}`);
}

function answerOf(file: readonly string[], name: string, content: string): Answer {
  const attachment = Buffer.from(file.join(''));
  return { content, files: [{ name: `${name}.ndjson`, attachment }], allowedMentions: { parse: [] } };
}

function stepsIn(lines: number): string {
  return `${count(lines, 'step')}, one per line.`;
}

function linesWithWords(lines: number): string {
  return `${count(lines, 'line')}: steps, and what was written of insights in forms.`;
}

async function* linesOf(
  naming: Naming,
  pages: readonly Page[],
  words: readonly InsightWords[],
): AsyncGenerator<string> {
  yield* linesOfSteps(naming, pages);
  for (const { insight, workspaceId, at, did, category, words: message } of words) {
    const workspace = await naming(workspaceId);
    const place = workspace && `#${workspace.name}`;
    const timestamp = new Date(at).toISOString();
    yield `${JSON.stringify({ timestamp, workspace_id: place, insight, did, category, message })}\n`;
  }
}

async function* linesOfSteps(naming: Naming, pages: readonly Page[]): AsyncGenerator<string> {
  for (const page of pages) {
    for (let after = 0, more = true; more;) {
      const records = await page(after);
      for (const { entry, workspaceId, id } of records) {
        const workspace = await naming(workspaceId);
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

/** As the person may know of them: one whose channel is hidden from them by now is called by the channel's id. */
export function namesKnownTo(userId: string, { access, workspaces }: App): Naming {
  const known = new Map<number, ReturnType<Naming>>();
  const look: Naming = async (workspaceId) => {
    const workspace = workspaces.byId(workspaceId);
    if (!workspace) return null;
    const { guildId, channelId, name, type } = workspace;
    return { type, name: (await access.sees({ guildId, userId }, channelId)) ? name : channelId };
  };
  return (workspaceId) => {
    const workspace = known.get(workspaceId) ?? look(workspaceId);
    known.set(workspaceId, workspace);
    return workspace;
  };
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
