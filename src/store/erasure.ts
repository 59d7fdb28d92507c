import { prepareEraseGuild } from './erase-guild.ts';
import { prepareErasePlace } from './erase-place.ts';
import type { GonePlace } from './erase-place.ts';
import { newExpiring, prepareExpire, prepareFollow } from './expire.ts';
import type { Age } from './expire.ts';
import { prepareBeginForgetting, prepareForget, prepareHasMoreTexts, prepareUnforgotten } from './forget.ts';
import type { Forgetting, Named } from './forget.ts';
import { prepareExpireGlobal, prepareExpireRest, prepareSweepNames } from './leftovers.ts';
import type { IndexRemoval } from './index-removal.ts';
import type { IndexedTexts } from './indexed-texts.ts';
import type { HeedInsights } from './insight-heed.ts';
import type { Live } from './live.ts';
import { prepareOutlook, prepareRoughOutlook } from './outlook.ts';
import type { Outlook } from './outlook.ts';
import type { Reclaiming } from './reclaim.ts';
import type { Revise } from './revise.ts';
import type { Slices } from './slices.ts';
import type { Db } from './sqlite.ts';

/** What a run of retention has done. */
export interface Expired {
  entries: number;
  sessions: number;
  /** False: something is left, because it was too much for one run or somebody reads the file. */
  isDone: boolean;
}

export interface Expiry {
  /** What goes of each workspace; one that is not named keeps everything. */
  ages: readonly Age[];
  /** When what was posted, and what is known of the bot's own times, is old: ms UTC. */
  posted: number;
  everything: number;
  /** About so many entries at most. */
  limit: number;
}

/**
 * Removes what is not to be known any more. All of it is done in short transactions, between which recording goes on, takes time by
 * what is removed and not by what is stored, and when it is done the bytes are gone from the file and its log.
 */
export interface ErasureStore {
  /** What of a workspace is older, and what is its oldest. */
  outlook(age: Age): Promise<Outlook>;
  expire(expiry: Expiry): Promise<Expired>;
  /**
   * Removes all that a person wrote until now in any server, what they were called, and what they said of answers. Their steps stay,
   * marked as deleted. Returns how many. What a stop cuts short {@link resume} ends. `knownUntil` is as there.
   */
  forget(person: Named, at: number, knownUntil: number): Promise<number>;
  /** Removes all that was said in a channel or thread that is deleted in Discord, as if each message were. Returns how many steps. */
  erasePlace(place: GonePlace, at: number): Promise<number>;
  /**
   * Deletes all that was recorded in a server, and the tokens of its agents; its workspaces, unmapped before, stay as what is set when
   * `keep` is true, and who opted out stays so.
   */
  eraseGuild(guild: { guildId: string; keep: boolean }, at: number): Promise<number>;
  /**
   * Goes on with what was not finished. `knownUntil`: until when (ms UTC) everything that was said is recorded: people are forgotten once
   * what they wrote before cannot come any more.
   */
  resume(knownUntil: number): Promise<void>;
  /** Ends what is under way at its next step, and resolves when it has ended. What was begun goes on with {@link resume}. */
  stop(): Promise<void>;
  /**
   * Notes of all servers of which anything is known since when the bot is no member of them: it is one of `memberOf` alone. Returns
   * those that it is none of since before `before`, ms UTC.
   */
  departed(memberOf: readonly string[], at: number, before: number): Promise<string[]>;
}

interface Parts {
  db: Db;
  live: Live;
  slices: Slices;
  reclaiming: Reclaiming;
  removal: IndexRemoval;
  texts: IndexedTexts;
  revise: Pick<Revise, 'eraseSteps' | 'writeAnew'>;
  insights: Pick<HeedInsights, 'forget'>;
  /** To be called when rows of authors have changed. */
  forgetAuthors(): void;
}

export function createErasure(parts: Parts): ErasureStore {
  const { reclaiming, slices } = parts;
  const outlook = prepareOutlook(parts.db);
  const expire = prepareExpireAll(parts);
  const { forget, goOn } = prepareForgetting(parts);
  const guilds = prepareEraseGuild(parts);
  const erasePlace = prepareErasePlace(parts);
  return {
    async outlook(age) {
      return outlook(age);
    },
    expire,
    async forget(person, at, knownUntil) {
      return slices.during(async () => {
        const steps = await forget(person, at, knownUntil);
        await reclaiming.run();
        return steps;
      });
    },
    async erasePlace(place, at) {
      return slices.during(async () => {
        const steps = await erasePlace(place, at);
        if (steps > 0) await reclaiming.run();
        return steps;
      });
    },
    async eraseGuild(guild, at) {
      return slices.during(async () => {
        const entries = await guilds.erase(guild, at);
        await reclaiming.run();
        return entries;
      });
    },
    async resume(knownUntil) {
      await slices.during(async () => {
        const did = (await goOn(knownUntil)) + (await guilds.goOn());
        if (did > 0) await reclaiming.run();
      });
    },
    async stop() {
      await slices.end();
    },
    async departed(memberOf, at, before) {
      return guilds.departed(memberOf, at, before);
    },
  };
}

function prepareExpireAll(parts: Parts): ErasureStore['expire'] {
  const { db, live, slices, reclaiming, removal, texts, forgetAuthors } = parts;
  const roughly = prepareRoughOutlook(db);
  const expireEntries = prepareExpire(db, live, texts);
  const follow = prepareFollow(db, live);
  const expireRest = prepareExpireRest(db);
  const expireGlobal = prepareExpireGlobal(db);
  const sweepNames = prepareSweep(db, slices, forgetAuthors);
  const areMany = async (ages: readonly Age[]) => {
    const { few } = removal;
    const left = [...ages];
    let texts = 0;
    await slices.repeat(() => {
      const age = left.pop();
      if (age) texts += roughly(age);
      return left.length > 0 && texts <= few;
    });
    return texts > few;
  };
  const deleteAll = async (
    { ages, limit, ...global }: Expiry,
    sum: { entries: number; sessions: number },
  ) => {
    const isMany = await areMany(ages);
    for (const age of ages) {
      const run = newExpiring(age);
      const room = limit - sum.entries;
      const isLeft = (hasRoom: () => boolean) => run.entries < room && expireEntries(run, hasRoom);
      const ended = await slices.run(removal.removing(isMany, isLeft), () => follow(run));
      sum.entries += run.entries;
      sum.sessions += run.sessions;
      if (!ended || sum.entries >= limit) return false;
      await slices.run((hasRoom) => expireRest(age, hasRoom));
    }
    await slices.run((hasRoom) => expireGlobal(global, hasRoom));
    await sweepNames();
    return true;
  };
  return (expiry) =>
    slices.during(async () => {
      const sum = { entries: 0, sessions: 0 };
      const isComplete = await deleteAll(expiry, sum);
      const isReclaimed = await reclaiming.run();
      return { ...sum, isDone: isComplete && isReclaimed };
    });
}

/** Takes the names off those of whom nothing is left. */
export function prepareSweep(db: Db, slices: Slices, forgetAuthors: () => void): () => Promise<void> {
  const sweep = prepareSweepNames(db);
  return async () => {
    let after: number | null = 0;
    await slices.run((hasRoom) => {
      after = sweep(after!, hasRoom);
      return after !== null;
    }, forgetAuthors);
  };
}

function prepareForgetting({ db, slices, removal, revise, insights, forgetAuthors }: Parts) {
  const hasMoreTexts = prepareHasMoreTexts(db);
  const begin = prepareBeginForgetting(db);
  const unforgotten = prepareUnforgotten(db);
  const forgetSome = prepareForget({ db, ...revise, forgetInsight: insights.forget });
  const end = db.prepare<[number]>('DELETE FROM forgetting WHERE id = ?');
  /** Those whose erasure is told of when it ends: nobody else goes on with it. */
  const underWay = new Set<number>();
  const goOnUntilDone = async (person: Forgetting, knownUntil: number) => {
    const isMany = hasMoreTexts(person, removal.few);
    const isDone = await slices.run(removal.removing(isMany, (hasRoom) => forgetSome(person, hasRoom)));
    forgetAuthors();
    if (isDone && person.askedAt <= knownUntil) end.run(person.id);
  };
  return {
    async forget(named: Named, at: number, knownUntil: number): Promise<number> {
      const person = begin(named, at);
      forgetAuthors();
      underWay.add(person.id);
      await goOnUntilDone(person, knownUntil).finally(() => underWay.delete(person.id));
      return person.steps;
    },
    async goOn(knownUntil: number): Promise<number> {
      const people = unforgotten().filter(({ id }) => !underWay.has(id));
      for (const person of people) await goOnUntilDone(person, knownUntil);
      return people.length;
    },
  };
}
