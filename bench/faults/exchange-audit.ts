import Database from 'better-sqlite3';
import type { Desk } from './desk.ts';
import { isSaid } from './lessons.ts';
import type { Handed, Lesson, Lessons, Writer } from './lessons.ts';
import type { Programs } from './programs.ts';
import type { Stage } from './stage.ts';

/** What became of what was taught, where it is not as it should be; in words for people. */
export interface ExchangeFindings {
  /** Owed, and not done: a delivery, its artifact or message, a recall, a decision, what is queued, a card. */
  lost: string[];
  /** Done more than once. */
  doubled: string[];
  /** Handed to an agent that it is not for, or without the person it has to wait for. */
  leaked: string[];
}

/** What the bot made of what was taught, in numbers. */
export interface ExchangeFigures {
  taught: number;
  insights: number;
  decided_by_people: number;
  hand_overs: number;
  messages: number;
  recalled: number;
  told_of_recalls: number;
  seen: number;
}

interface Row {
  id: number;
  state: string;
  version: number;
  content: string;
  bots: string | null;
  isDelicate: number;
  isByPerson: number;
  messageId: string;
  by: string;
  channelId: string;
}

interface Delivery {
  insight: number;
  key: string;
  name: string;
  seenAt: number | null;
}

/** The three ways to see who has what: the bot's own notes, artifacts, and Discord. */
interface Ways {
  deliveries: readonly Delivery[];
  /** By `insight name`: how many artifacts say it, and how many take it back. */
  artifacts: ReadonlyMap<string, number>;
  withdrawals: ReadonlyMap<string, number>;
  handed: readonly Handed[];
}

export interface ExchangeParts {
  stage: Stage;
  lessons: Lessons;
  desk: Desk;
  programs: Programs;
}

/** Compares what the bot knows of insights with what was taught, decided, and posted in Discord. */
export class ExchangeAudit {
  readonly #db: Database.Database;
  readonly #parts: ExchangeParts;
  /** Insights that are as they should be, by what that depends on. */
  readonly #settled = new Map<number, string>();

  constructor(dbPath: string, parts: ExchangeParts) {
    this.#db = new Database(dbPath, { readonly: true, fileMustExist: true });
    this.#parts = parts;
  }

  close(): void {
    this.#db.close();
  }

  /** How much is owed at this moment. Cheap: what was found in order is looked at again only when it changes. */
  pending(): number {
    const rows = this.#rows();
    const open = rows.filter((row) => this.#settled.get(row.id) !== this.#stampOf(row));
    if (open.length > 0) {
      const ways = this.#ways();
      for (const row of open)
        if (this.#owed(row, ways).length === 0) this.#settled.set(row.id, this.#stampOf(row));
    }
    const left = rows.filter((row) => this.#settled.get(row.id) !== this.#stampOf(row)).length;
    return left + this.#unqueued(rows).length + this.#cards().length + this.#unseen().length;
  }

  /** Looks at everything. */
  findings(): ExchangeFindings {
    const rows = this.#rows();
    const ways = this.#ways();
    return {
      lost: [
        ...rows.flatMap((row) => this.#owed(row, ways)),
        ...this.#unqueued(rows),
        ...this.#cards(),
        ...this.#unseen(),
      ],
      doubled: [...rows.flatMap((row) => this.#doubled(row, ways)), ...this.#doubledCards()],
      leaked: rows.flatMap((row) => this.#leaked(row, ways)),
    };
  }

  figures(): ExchangeFigures {
    const { lessons, desk } = this.#parts;
    const handed = [...lessons.handed()];
    const rows = this.#rows();
    const { deliveries } = this.#ways();
    return {
      taught: lessons.all().length,
      insights: rows.length,
      decided_by_people: desk.approved.size + desk.rejected.size + desk.revoked.size,
      hand_overs: deliveries.length,
      messages: handed.filter(({ gave }) => gave.length > 0).length,
      recalled: rows.filter(({ state }) => state === 'revoked').length,
      told_of_recalls: handed.reduce(
        (sum, { revoked, told }) => sum + (revoked.length > 0 ? told.size : 0),
        0,
      ),
      seen: deliveries.filter(({ seenAt }) => seenAt !== null).length,
    };
  }

  #rows(): Row[] {
    return this.#db.prepare<[], Row>(INSIGHTS).all();
  }

  #ways(): Ways {
    const deliveries = this.#db.prepare<[], Delivery>(DELIVERIES).all();
    const artifacts = new Map<string, number>();
    const withdrawals = new Map<string, number>();
    for (const { who, type, n } of this.#db
      .prepare<[], { who: string; type: string; n: number }>(ARTIFACTS)
      .all())
      (type === 'insight' ? artifacts : withdrawals).set(who, n);
    return { deliveries, artifacts, withdrawals, handed: [...this.#parts.lessons.handed()] };
  }

  /** All that decides whether one is as it should be. */
  #stampOf({ id, version, channelId }: Row): string {
    const { lessons, desk } = this.#parts;
    const lesson = this.#lessonOf(id);
    const isGone = lesson !== undefined && !isSaid(lesson);
    const told = [desk.approved, desk.rejected, desk.revoked].map((ids) => Number(ids.has(id))).join('');
    return [version, lessons.writers().length, lessons.writers(channelId).length, isGone, told].join(' ');
  }

  #lessonOf(id: number): Lesson | undefined {
    const messageId = this.#db
      .prepare<[number], string>('SELECT message_id FROM insights WHERE id = ?')
      .pluck()
      .get(id);
    return this.#parts.lessons.ofMessage(messageId ?? '');
  }

  /** Whom it is for: by who writes where, what its agent said, and to whom people narrowed it. */
  #recipients({ channelId, by, bots, messageId }: Row): Writer[] {
    const { lessons, stage } = this.#parts;
    const { type } = stage.workplaceOf(channelId);
    const all = lessons.writers(type === 'open' ? undefined : channelId);
    const { only = null } = lessons.ofMessage(messageId) ?? {};
    const narrowed = bots === null ? null : (JSON.parse(bots) as string[]);
    return all.filter(
      ({ key, name }) =>
        (type !== 'direct' || key === by) &&
        (only === null || name === only) &&
        (narrowed === null || narrowed.includes(key) || narrowed.includes(`@${name}`)),
    );
  }

  #owed(row: Row, ways: Ways): string[] {
    const { lessons, desk } = this.#parts;
    const { id, state, content } = row;
    const lesson = lessons.ofMessage(row.messageId);
    if (!lesson) return [`insight ${id} of nothing that was taught`];
    const isInForce = state === 'approved' || state === 'shared';
    const owed: string[] = [];
    if (!isSaid(lesson)) {
      if (content !== '' || isInForce) owed.push(`deletion of insight ${id} (${state})`);
    } else if (desk.revoked.has(id) ? state !== 'revoked' : desk.rejected.has(id) && state !== 'rejected')
      owed.push(`decision on insight ${id} (${state})`);
    else if (desk.approved.has(id) && !isInForce && state !== 'revoked')
      owed.push(`decision on insight ${id} (${state})`);
    else if (state === 'pending' && !row.isDelicate) owed.push(`approval of insight ${id}`);
    if (isInForce) owed.push(...this.#recipients(row).flatMap((to) => handOvers(row, to, ways)));
    else
      owed.push(
        ...ways.deliveries.filter(({ insight }) => insight === id).flatMap((to) => recalls(row, to, ways)),
      );
    return owed;
  }

  #doubled({ id }: Row, { artifacts, withdrawals, handed }: Ways): string[] {
    return this.#parts.lessons.writers().flatMap(({ key, name, isAccount }) => {
      const who = isAccount ? key : name;
      const gave = handed.filter(({ gave, told }) => gave.includes(id) && told.has(who)).length;
      const revoked = handed.filter(({ revoked, told }) => revoked.includes(id) && told.has(who)).length;
      return [
        gave > 1 ? `insight ${id} for ${name}: ${gave} messages` : '',
        revoked > 1 ? `recall of insight ${id} for ${name}: ${revoked} messages` : '',
        (artifacts.get(`${id} ${name}`) ?? 0) > 1 ? `insight ${id} for ${name}: artifacts` : '',
        (withdrawals.get(`${id} ${name}`) ?? 0) > 1 ? `recall of insight ${id} for ${name}: artifacts` : '',
      ].filter(Boolean);
    });
  }

  #leaked(row: Row, { deliveries, artifacts, handed }: Ways): string[] {
    const { id } = row;
    const meant = this.#recipients(row);
    const keys = new Set(meant.map(({ key }) => key));
    const others = this.#parts.lessons.writers().filter(({ key }) => !keys.has(key));
    const strangers = deliveries.filter(({ insight, key }) => insight === id && !keys.has(key));
    const wasHandedOver = deliveries.some(({ insight }) => insight === id);
    const lesson = this.#parts.lessons.ofMessage(row.messageId);
    const had = others.filter(
      ({ key, name, isAccount }) =>
        artifacts.has(`${id} ${name}`) ||
        handed.some(({ gave, told }) => gave.includes(id) && told.has(isAccount ? key : name)),
    );
    return [
      ...strangers.map(({ name }) => `insight ${id} to ${name}`),
      ...had.map(({ name }) => `insight ${id} said to ${name}`),
      ...(wasHandedOver && lesson?.isDelicate && !row.isByPerson ? [`insight ${id} without a person`] : []),
    ];
  }

  /** What is to be an insight by now, and is none. */
  #unqueued(rows: readonly Row[]): string[] {
    const known = new Set(rows.map(({ messageId }) => this.#parts.lessons.ofMessage(messageId)));
    const now = this.#parts.lessons
      .all()
      .filter((lesson) => lesson.isNow && isSaid(lesson) && !known.has(lesson));
    const ended = this.#db.prepare<[], string>(UNQUEUED).pluck().all();
    return [...now.map(({ word }) => `insight of ${word}`), ...ended.map((step) => `insight of ${step}`)];
  }

  /** Each channel in which something waits says so in one message, as it stands now. */
  #cards(): string[] {
    return this.#db
      .prepare<[], { channelId: string; n: number }>(WAITING)
      .all()
      .flatMap(({ channelId, n }) => {
        const [card] = this.#parts.lessons.cardsIn(channelId);
        const shown = JSON.stringify(card?.components ?? '');
        const says =
          n === 0 ? !card || shown.includes('are looked through') : shown.includes(`**${n} insight`);
        return says ? [] : [`card of ${n} insights in ${channelId}`];
      });
  }

  #doubledCards(): string[] {
    return this.#parts.stage.channels
      .filter(({ id }) => this.#parts.lessons.cardsIn(id).length > 1)
      .map(({ name }) => `card of insights in ${name}`);
  }

  /** What an agent's program was told that it has seen. */
  #unseen(): string[] {
    const seen = new Set(this.#db.prepare<[], string>(SEEN).pluck().all());
    return [...this.#parts.programs.seen].filter((one) => !seen.has(one)).map((one) => `seen ${one}`);
  }
}

/** What a bot lacks of an insight in force. */
function handOvers(
  { id }: Row,
  { key, name, isAccount }: Writer,
  { deliveries, artifacts, handed }: Ways,
): string[] {
  const who = isAccount ? key : name;
  return [
    deliveries.some((one) => one.insight === id && one.key === key) ? '' : 'note',
    artifacts.has(`${id} ${name}`) ? '' : 'artifact',
    handed.some(({ gave, told }) => gave.includes(id) && told.has(who)) ? '' : 'message',
  ]
    .filter(Boolean)
    .map((what) => `${what} of insight ${id} for ${name}`);
}

/** What a bot that had one lacks of the news that it does not hold any more. */
function recalls(
  { id, state }: Row,
  { key, name }: Delivery,
  { artifacts, withdrawals, handed }: Ways,
): string[] {
  const isTold = handed.some(
    ({ revoked, told }) => revoked.includes(id) && (told.has(key) || told.has(name)),
  );
  return [
    withdrawals.has(`${id} ${name}`) && !artifacts.has(`${id} ${name}`) ? '' : 'artifact',
    isTold ? '' : 'message',
    handed.some(({ shows }) => shows.includes(id)) ? 'removal' : '',
  ]
    .filter(Boolean)
    .map((what) => `${what} of the recall of insight ${id} (${state}) for ${name}`);
}

/** `isDelicate`: something speaks against approving it by rule. */
const INSIGHTS = `
  SELECT i.id, i.state, i.version, i.content, i.scope ->> 'bots' AS bots, i.sensitive <> '[]' OR i.flag IS NOT NULL AS isDelicate,
    i.approved_by IS NOT NULL AS isByPerson, i.message_id AS messageId, a.key AS by, w.channel_id AS channelId
  FROM insights i JOIN authors a ON a.id = i.author_id JOIN workspaces w ON w.id = i.workspace_id`;

const DELIVERIES = `
  SELECT d.insight, a.key, a.name, d.seen_at AS seenAt FROM insight_deliveries d JOIN authors a ON a.id = d.author_id`;

const ARTIFACTS = `
  SELECT content ->> 'insight' || ' ' || consumer AS who, content ->> 'type' AS type, count(*) AS n FROM artifacts
  WHERE schema = 'work-log-insight-v1' AND content IS NOT NULL GROUP BY 1, 2`;

/** Steps that an insight is to be made of and that are none. */
const UNQUEUED = `
  SELECT s.session_id || ' step ' || e.step FROM entries e JOIN sessions s ON s.id = e.session
  WHERE e.insight_category IS NOT NULL AND e.deleted_at IS NULL
    AND (s.ended_at IS NOT NULL OR e.details -> 'insight' ->> 'share' = 'now')
    AND NOT EXISTS (SELECT 1 FROM insight_sources x WHERE x.message_id = e.message_id AND x.part = e.part)`;

/** By workplace: how many wait for a person. */
const WAITING = `
  SELECT w.channel_id AS channelId, count(i.id) AS n FROM workspaces w
  LEFT JOIN insights i ON i.workspace_id = w.id AND i.state = 'pending' GROUP BY w.id`;

const SEEN = `
  SELECT d.insight || ' ' || a.key FROM insight_deliveries d JOIN authors a ON a.id = d.author_id WHERE d.seen_at IS NOT NULL`;
