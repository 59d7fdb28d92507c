import { answersTo } from '../answer.ts';
import type { App } from '../app.ts';
import type { Entry } from '../domain/entry.ts';
import type { Question } from '../domain/question.ts';
import type { Ranked } from '../domain/ranking.ts';
import type { WorkLog } from '../domain/work-log.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import type { StoreReader } from '../store/read-only.ts';
import type { Asker } from './access.ts';

/**
 * What is said where there is nothing to show, whatever the reason: it is hidden, it never was, it was deleted, or it is
 * another server's. Nobody can tell these apart by it.
 */
export const REFUSAL =
  'There is no work log here that you may read. Work logs are kept of channels that are mapped as workspaces, for those who may ' +
  'read them: `/workspace-logs` lists yours.';

/** A session and the workspace it belongs to. */
export interface Readable {
  workspace: Workspace;
  log: WorkLog;
}

/** A step, with the session it belongs to. */
export interface ReadableEntry extends Readable {
  entry: Entry;
}

/** A question as it was read, and the steps that answer it, best first. */
export interface Answers {
  question: Question;
  hits: ReadableEntry[];
  /** Where they were looked for. */
  searched: Workspace[];
}

/** What is read from, and who decides. */
interface Source extends Pick<App, 'access'> {
  store: Pick<StoreReader, 'sessions' | 'entries' | 'bots'>;
  workspaces: Pick<App['workspaces'], 'byChannel' | 'byId'>;
}

/** How many sessions are looked at to find readable ones among them. */
const SCAN_MAX = 500;
/** How many workspaces one question is asked of: those where something was said last. */
const ASKED_MAX = 20;
/** How many private threads one interaction may ask Discord about. */
const THREADS_MAX = 50;
/** How many of them at the same time: one after the other would outlast the 3 s in which suggestions have to come. */
const AT_ONCE = 10;

/**
 * Everything that one asker may read at this moment, and nothing else: each method asks for the right before it returns
 * anything. Meant for one interaction: what was decided about a private thread is remembered.
 */
export class Reader {
  readonly #app: Source;
  readonly #asker: Asker;
  readonly #threads = new Map<string, Promise<boolean>>();
  /** So many of them Discord was asked about. */
  #asked = 0;

  constructor(app: Source, asker: Asker) {
    this.#app = app;
    this.#asker = asker;
  }

  /** The workspace of a channel. @throws UserError {@link REFUSAL} */
  async workspace(channelId: string): Promise<Workspace> {
    const workspace = this.#app.workspaces.byChannel(channelId);
    if (workspace && (await this.#mayRead(workspace))) return workspace;
    throw new UserError(REFUSAL);
  }

  /** All that the asker may read, by name. */
  async workspaces(): Promise<Workspace[]> {
    return this.#app.access.readable(this.#asker);
  }

  /** One session. @throws UserError {@link REFUSAL} */
  async log(sessionId: string): Promise<Readable> {
    const readable = await this.#readable(await this.#app.store.sessions.get(sessionId));
    if (!readable) throw new UserError(REFUSAL);
    return readable;
  }

  /** The active or else latest session of a thread; null when it has none. @throws UserError {@link REFUSAL} */
  async latestInThread(workspace: Workspace, threadId: string): Promise<Readable | null> {
    const log = await this.#app.store.sessions.latest({ workspaceId: workspace.id, threadId });
    if (!log) return null;
    const readable = await this.#readable(log);
    if (!readable) throw new UserError(REFUSAL);
    return readable;
  }

  /** The channel's own active or latest session; without any, the latest of its threads that the asker may see. */
  async latestInChannel(workspace: Workspace): Promise<Readable | null> {
    const own = await this.#app.store.sessions.latest({ workspaceId: workspace.id, threadId: null });
    if (own) return this.#readable(own);
    const [newest] = await this.logs([workspace], 1);
    return newest ?? null;
  }

  /** The newest sessions of these workspaces that the asker may see, at most `limit`. */
  async logs(workspaces: readonly Workspace[], limit: number): Promise<Readable[]> {
    const workspaceIds = workspaces.map(({ id }) => id);
    for (let scan = 2 * limit; ; scan *= 4) {
      const logs = await this.#app.store.sessions.list({ workspaceIds, limit: Math.min(scan, SCAN_MAX) });
      const readable = await firstOf(logs, limit, (log) => this.#readable(log));
      if (readable.length === limit || logs.length < scan || scan >= SCAN_MAX) return readable;
    }
  }

  /** Whether the asker may see what was said in a place of a workspace that {@link workspace} or {@link workspaces} gave. */
  async maySee(
    workspace: Workspace,
    { threadId, privateThread }: Pick<WorkLog, 'threadId' | 'privateThread'>,
  ): Promise<boolean> {
    return threadId === null || !privateThread || this.#mayReadThread(workspace, threadId);
  }

  /** The step that a message is; null when it is none, or none that the asker may see. */
  async entryOf(messageId: string): Promise<ReadableEntry | null> {
    const entry = await this.#app.store.entries.byMessage(messageId);
    const readable = entry && (await this.#readable(await this.#app.store.sessions.get(entry.sessionId)));
    return readable && { ...readable, entry };
  }

  /**
   * Reads a question by the bots of these workspaces and finds the steps that answer it best, at most `limit`, best first. Of more
   * than {@link ASKED_MAX} workspaces only the liveliest are searched.
   */
  async ask(asked: string, workspaces: readonly Workspace[], limit: number): Promise<Answers> {
    const searched = await this.#liveliest(workspaces);
    const { question, ranked } = await answersTo(asked, searched, this.#app.store);
    return { question, hits: await this.#firstSteps(ranked, limit), searched };
  }

  /** The same within one session that {@link log} gave. */
  async askWithin(asked: string, { workspace, log }: Readable, limit: number): Promise<Answers> {
    const { question, ranked } = await answersTo(asked, [workspace], this.#app.store, log.sessionId);
    return { question, hits: await this.#firstSteps(ranked, limit), searched: [workspace] };
  }

  /** An answer must not take longer with every workspace of a large server. */
  async #liveliest(workspaces: readonly Workspace[]): Promise<Workspace[]> {
    if (workspaces.length <= ASKED_MAX) return [...workspaces];
    const byId = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
    const logs = await this.#app.store.sessions.list({ workspaceIds: [...byId.keys()], limit: SCAN_MAX });
    const latest = new Set(logs.map(({ workspaceId }) => workspaceId));
    return [...latest].slice(0, ASKED_MAX).map((id) => byId.get(id)!);
  }

  #firstSteps(ranked: readonly Ranked[], limit: number): Promise<ReadableEntry[]> {
    const logs = new Map<string, Promise<Readable | null>>();
    const logOf = (sessionId: string) => {
      const known =
        logs.get(sessionId) ?? this.#app.store.sessions.get(sessionId).then((log) => this.#readable(log));
      logs.set(sessionId, known);
      return known;
    };
    return firstOf(ranked, limit, async ({ entry }) => {
      const readable = await logOf(entry.sessionId);
      return readable && { ...readable, entry };
    });
  }

  async #readable(log: WorkLog | null): Promise<Readable | null> {
    const workspace = log && this.#app.workspaces.byId(log.workspaceId);
    if (!log || !workspace || !(await this.#mayRead(workspace))) return null;
    return (await this.maySee(workspace, log)) ? { workspace, log } : null;
  }

  async #mayRead(workspace: Workspace): Promise<boolean> {
    return (
      workspace.guildId === this.#asker.guildId && (await this.#app.access.mayRead(this.#asker, workspace))
    );
  }

  async #mayReadThread(workspace: Workspace, threadId: string): Promise<boolean> {
    const answer = this.#threads.get(threadId) ?? this.#askForThread(workspace, threadId);
    this.#threads.set(threadId, answer);
    return answer;
  }

  /** Who manages threads sees them all, which costs no request. */
  async #askForThread(workspace: Workspace, threadId: string): Promise<boolean> {
    const { access } = this.#app;
    if (!(await access.managesThreads(this.#asker, workspace))) this.#asked += 1;
    return this.#asked <= THREADS_MAX && access.mayReadThread(this.#asker, workspace, threadId);
  }
}

/** The first `limit` things that can be had, in their order. */
async function firstOf<T, U>(
  all: readonly T[],
  limit: number,
  get: (one: T) => Promise<U | null>,
): Promise<U[]> {
  const found: U[] = [];
  for (let next = 0; next < all.length && found.length < limit; next += AT_ONCE) {
    const some = await Promise.all(all.slice(next, next + AT_ONCE).map(get));
    found.push(...some.filter((one) => one !== null));
  }
  return found.slice(0, limit);
}
