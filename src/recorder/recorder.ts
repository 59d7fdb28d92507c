import type { RecordingRules } from '../domain/policy.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { OptOut } from '../store/people.ts';
import type { Appended, PlacedDraft, Store } from '../store/store.ts';
import { readParts } from './dialects/read.ts';
import { createMasker } from '../masking/mask.ts';
import type { Masked, Masker } from '../masking/mask.ts';
import { Deleted } from './deleted.ts';
import { Directories } from './directories.ts';
import { draftsOf } from './drafts.ts';
import { EarlyEdits } from './early-edits.ts';
import { withSafeName } from './free-names.ts';
import { fitted } from './fit.ts';
import { withinSize } from './handing-over.ts';
import { Joining } from './joining.ts';
import { KnownBots } from './known-bots.ts';
import { LastSaid } from './last-said.ts';
import type { Read } from './read.ts';
import type { Deletion, Observation, Observed } from './observation.ts';
import { OptedOut } from './opted-out.ts';
import { callingOwner } from './owner-mention.ts';
import type { Report, ReportOutcome } from './report.ts';
import { recordReports, withoutReported } from './reporting.ts';
import { recordEdit } from './revisions.ts';
import { marksOf, runsOf } from './runs.ts';
import type { Run } from './runs.ts';
import { safeObservation } from './safe-observation.ts';
import { sealedBetween } from './seam.ts';

/**
 * Turns what happened in Discord into entries:
 * observation → dialect → policy → mask → session → store. What is not masked must never reach the store.
 */
export class Recorder {
  readonly #store: Store;
  readonly #rules: RecordingRules;
  readonly #directories: Directories;
  readonly #bots: KnownBots;
  readonly #masker: Masker | null;
  readonly #lastSaid: LastSaid;
  readonly #optedOut = new OptedOut();
  readonly #joining: Joining;
  readonly #deleted = new Deleted();
  readonly #early = new EarlyEdits();
  /** Ends when what was given before is recorded: a message and the report of it must not pass each other. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(store: Store, rules: RecordingRules) {
    this.#store = store;
    this.#directories = new Directories(store.bots);
    this.#bots = new KnownBots(store.bots);
    this.#masker = rules.maskSecrets ? createMasker() : null;
    this.#lastSaid = new LastSaid(store.entries, (observation) => this.#maskerFor(observation));
    this.#rules = rules;
    this.#joining = new Joining(rules.reports);
  }

  /**
   * Records what happened, in the order given: messages that follow each other in one transaction, each edit and deletion in one
   * of its own. A message that was deleted before is not recorded. After it resolves all of it is durable; after it rejects it can be
   * given again, and nothing happens twice.
   */
  record(observed: readonly Observed[]): Promise<Appended> {
    return this.#inTurn(() => this.#record(observed));
  }

  /** Records what programs report, all of it or nothing, in the order given. */
  report(reports: readonly Report[]): Promise<ReportOutcome[]> {
    return this.#inTurn(() => this.#report(reports));
  }

  async #report(reports: readonly Report[]): Promise<ReportOutcome[]> {
    const places = [...new Set(reports.map(({ from }) => from))];
    await this.#bots.load(places);
    await this.#directories.load(places);
    const parts = {
      store: this.#store,
      rules: this.#rules,
      maskerFor: (place: Pick<Observation, 'workspaceId'>) => this.#maskerFor(place),
      nameMasker: this.#masker,
      joining: this.#joining,
      directory: (workspaceId: number) => this.#directories.of(workspaceId),
      roleOf: (key: string) => this.#bots.get(key)?.role ?? null,
    };
    return recordReports(parts, reports);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#before.then(task);
    this.#before = done.catch(() => {});
    return done;
  }

  async #record(observed: readonly Observed[]): Promise<Appended> {
    const sum = { recorded: 0, duplicates: 0, dropped: 0 };
    for (const run of runsOf(observed.map((each) => this.#heard(each)))) {
      const { recorded, duplicates, dropped } = await this.#recordRun(run);
      sum.recorded += recorded;
      sum.duplicates += duplicates;
      sum.dropped += dropped;
    }
    return sum;
  }

  /** To be called when somebody opted out: nobody is called by these names, or by the id, in this server. */
  knowOptedOut(person: OptOut & { names: readonly string[] }): void {
    this.#optedOut.know(person);
  }

  /** To be called when somebody ended that. */
  letGoOptedOut(person: OptOut): void {
    this.#optedOut.letGo(person);
  }

  /** To be told of each workspace before anything is recorded there. */
  place(workspace: Pick<Workspace, 'id' | 'guildId'>): void {
    this.#optedOut.place(workspace);
  }

  /** What a person says in a form, as it may be stored. */
  mask(workspaceId: number, text: string): Masked {
    return this.#maskerFor({ workspaceId })?.mask(text) ?? { text, masked: 0 };
  }

  /** To be called when somebody said something else of a bot. */
  forget(botKey: string): void {
    this.#bots.forget(botKey);
  }

  /** What happened as it may be kept before it is recorded. */
  safe(observed: Observed): Observed {
    const heard = this.#heard(observed);
    return 'author' in heard ? safeObservation(heard, this.#maskerFor(heard)) : heard;
  }

  /** From here on nobody is known by a secret, not even in memory: what is looked up later goes by the stored name. */
  #heard(observed: Observed): Observed {
    if (!('author' in observed)) return observed;
    const heard = this.#optedOut.heard(observed);
    const author = withSafeName(heard.author, this.#masker);
    return author === heard.author ? heard : { ...heard, author };
  }

  async #recordRun(run: Run): Promise<Appended> {
    if (run.posted) return this.#recordPosted(run.posted);
    const { one } = run;
    if ('deleted' in one) await this.#erase(one);
    else if ('readUpTo' in one) await this.#store.coverage.mark({ ...one, messageId: one.readUpTo });
    else await this.#recordEdit(one);
    return { recorded: 0, duplicates: 0, dropped: 0 };
  }

  async #erase({ deleted, at }: Deletion): Promise<void> {
    this.#deleted.add(deleted);
    this.#early.drop(deleted);
    await this.#store.entries.erase(deleted, at);
  }

  async #recordPosted(posted: readonly Observation[]): Promise<Appended> {
    const there = posted.filter(({ messageId }) => !this.#deleted.has(messageId));
    await this.#prepare(there);
    try {
      const drafts = there.flatMap((observation) => {
        const isKnownBot = Boolean(this.#bots.get(observation.author.key)?.dialect);
        return this.#lastSaid.joined(observation, this.#read(observation), isKnownBot);
      });
      const parts = { store: this.#store, joining: this.#joining };
      const news = await withoutReported(parts, drafts);
      const appended = await this.#store.entries.append(news, this.#rules, marksOf(posted));
      this.#joining.said(news);
      await this.#bots.keep();
      await this.#recordEarly(there);
      return appended;
    } catch (error) {
      this.#lastSaid.forget();
      throw error;
    }
  }

  /** What was heard of these messages before they were. */
  async #recordEarly(posted: readonly Observation[]): Promise<void> {
    const edits = this.#early.of(posted);
    for (const edit of edits) await this.#recordEdit(edit);
    this.#early.drop(edits.map(({ messageId }) => messageId));
  }

  async #recordEdit(observation: Observation): Promise<void> {
    // What was said before stays as it is; what is said now is nobody's to keep.
    if (observation.optedOut) return;
    await this.#prepare([observation]);
    const dialect = this.#bots.dialectOf(observation);
    const read = this.#read(observation);
    const drafts = await this.#sealedIn(observation, read);
    const isKnown = await recordEdit(this.#store, { observation, drafts, dialect }, this.#rules);
    if (!isKnown) this.#early.keep(observation);
    this.#lastSaid.edited(observation, read);
  }

  /** What was edited may be a chunk of an answer: something to hide may reach across its ends. */
  async #sealedIn(observation: Observation, read: Read): Promise<PlacedDraft[]> {
    const { before, after } = await this.#store.entries.beside(observation.messageId);
    return before === null && after === null
      ? read.drafts
      : sealedBetween(before, read, after, this.#maskerFor(observation));
  }

  /** Looks up all that reading these messages needs. */
  async #prepare(observations: readonly Observation[]): Promise<void> {
    await this.#bots.meet(observations);
    await this.#lastSaid.meet(observations);
    await this.#directories.load(observations);
  }

  #read(observation: Observation): Read {
    const { workspaceId, threadId, privateThread, author } = observation;
    const directory = this.#directories.meet(observation);
    const parts = readParts(observation, this.#bots.dialectOf(observation));
    const role = this.#bots.get(author.key)?.role ?? null;
    const said = callingOwner(draftsOf(observation, parts, directory, role), observation);
    const masker = this.#maskerFor(observation);
    const drafts = said.map((draft, index) => {
      const { session, log, artifact } = parts[index]!;
      const placed = { workspaceId, threadId, privateThread, draft, session, log, artifact };
      return fitted(this.#optedOut.nobody(placed), masker, this.#masker);
    });
    return { drafts: withinSize(drafts), text: said.at(-1)!.message };
  }

  #maskerFor(observation: Pick<Observation, 'workspaceId'>): Masker | null {
    return this.#optedOut.masker(observation, this.#masker);
  }
}
