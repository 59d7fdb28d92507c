import type { Desk } from './desk.ts';
import { isSaid } from './lessons.ts';
import type { Lessons, Writer } from './lessons.ts';
import { exchangeFigures } from './exchange-figures.ts';
import type { ExchangeFigures } from './exchange-figures.ts';
import { ExchangeState } from './exchange-state.ts';
import type { Delivery, InsightRow, Ways } from './exchange-state.ts';
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

export interface ExchangeParts {
  stage: Stage;
  lessons: Lessons;
  desk: Desk;
  programs: Programs;
}

/** Compares what the bot knows of insights with what was taught, decided, and posted in Discord. */
export class ExchangeAudit {
  readonly #state: ExchangeState;
  readonly #parts: ExchangeParts;
  /** Insights that are as they should be, by what that depends on. */
  readonly #settled = new Map<number, string>();

  constructor(dbPath: string, parts: ExchangeParts) {
    this.#state = new ExchangeState(dbPath);
    this.#parts = parts;
  }

  close(): void {
    this.#state.close();
  }

  /** How much is owed at this moment. Cheap: what was found in order is looked at again only when it changes. */
  pending(): number {
    const rows = this.#state.insights();
    const open = rows.filter((row) => this.#settled.get(row.id) !== this.#stampOf(row));
    if (open.length > 0) {
      const ways = this.#state.ways(this.#parts.lessons.handed());
      for (const row of open)
        if (this.#owed(row, ways).length === 0) this.#settled.set(row.id, this.#stampOf(row));
    }
    const left = rows.filter((row) => this.#settled.get(row.id) !== this.#stampOf(row)).length;
    return left + this.#others(rows).length;
  }

  /** Looks at everything. */
  findings(): ExchangeFindings {
    const rows = this.#state.insights();
    const ways = this.#state.ways(this.#parts.lessons.handed());
    return {
      lost: [...rows.flatMap((row) => this.#owed(row, ways)), ...this.#others(rows)],
      doubled: [...rows.flatMap((row) => this.#doubled(row, ways)), ...this.#doubledCards()],
      leaked: rows.flatMap((row) => this.#leaked(row, ways)),
    };
  }

  figures(): ExchangeFigures {
    return exchangeFigures(this.#state, this.#parts);
  }

  /** What is owed beside single insights. */
  #others(rows: readonly InsightRow[]): string[] {
    return [...this.#unqueued(rows), ...this.#cards(), ...this.#unseen(), ...this.#unlinked()];
  }

  /** All that decides whether one is as it should be. */
  #stampOf({ id, version, channelId, messageId }: InsightRow): string {
    const { lessons, desk } = this.#parts;
    const lesson = lessons.ofMessage(messageId);
    const isGone = lesson !== undefined && !isSaid(lesson);
    const told = [desk.approved, desk.rejected, desk.revoked].map((ids) => Number(ids.has(id))).join('');
    return [version, lessons.writers().length, lessons.writers(channelId).length, isGone, told].join(' ');
  }

  /** Whom it is for: by who writes where, what its agent said, and to whom people narrowed it. */
  #recipients({ channelId, by, bots, isKeptHere, messageId }: InsightRow): Writer[] {
    const { lessons, stage } = this.#parts;
    const { type } = stage.workplaceOf(channelId);
    const all = lessons.writers(type === 'open' && !isKeptHere ? undefined : channelId);
    const { only = null } = lessons.ofMessage(messageId) ?? {};
    const narrowed = bots === null ? null : (JSON.parse(bots) as string[]);
    return all.filter(
      ({ key, name }) =>
        (type !== 'direct' || key === by) &&
        (only === null || name === only) &&
        (narrowed === null || narrowed.includes(key) || narrowed.includes(`@${name}`)),
    );
  }

  #owed(row: InsightRow, ways: Ways): string[] {
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

  #doubled({ id }: InsightRow, { artifacts, withdrawals, handed }: Ways): string[] {
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

  #leaked(row: InsightRow, { deliveries, artifacts, handed }: Ways): string[] {
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
        this.#parts.programs.seen.has(`${id} ${key}`) ||
        handed.some(({ gave, told }) => gave.includes(id) && told.has(isAccount ? key : name)),
    );
    return [
      ...strangers.map(({ name }) => `insight ${id} to ${name}`),
      ...had.map(({ name }) => `insight ${id} said to ${name}`),
      ...(wasHandedOver && lesson?.isDelicate && !row.isByPerson ? [`insight ${id} without a person`] : []),
    ];
  }

  /** What is to be an insight by now, and is none. */
  #unqueued(rows: readonly InsightRow[]): string[] {
    const known = new Set(rows.map(({ messageId }) => this.#parts.lessons.ofMessage(messageId)));
    const now = this.#parts.lessons
      .all()
      .filter((lesson) => lesson.isNow && isSaid(lesson) && !known.has(lesson));
    const ended = this.#state.unqueued();
    return [...now.map(({ word }) => `insight of ${word}`), ...ended.map((step) => `insight of ${step}`)];
  }

  /** Each channel in which something waits says so in one message, as it stands now. */
  #cards(): string[] {
    return this.#state.waiting().flatMap(({ channelId, n }) => {
      const [card] = this.#parts.lessons.cardsIn(channelId);
      const shown = JSON.stringify(card?.components ?? '');
      const says = n === 0 ? !card || shown.includes('are looked through') : shown.includes(`**${n} insight`);
      return says ? [] : [`card of ${n} insights in ${channelId}`];
    });
  }

  #doubledCards(): string[] {
    return this.#parts.stage.channels
      .filter(({ id }) => this.#parts.lessons.cardsIn(id).length > 1)
      .map(({ name }) => `card of insights in ${name}`);
  }

  /** Steps that say by what they were led. */
  #unlinked(): string[] {
    const { lessons } = this.#parts;
    const unlinked = this.#state.unlinked().filter((id) => lessons.isLed(id));
    return unlinked.map((id) => `link of ${id}`);
  }

  /** What an agent's program was told that it has seen. */
  #unseen(): string[] {
    const noted = this.#state.deliveries().filter(({ seenAt }) => seenAt !== null);
    const seen = new Set(noted.map(({ insight, key }) => `${insight} ${key}`));
    return [...this.#parts.programs.seen].filter((one) => !seen.has(one)).map((one) => `seen ${one}`);
  }
}

/** What a bot lacks of an insight in force. */
function handOvers(
  { id }: InsightRow,
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
  { id, state }: InsightRow,
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
