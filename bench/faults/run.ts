import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { freePort } from '../shared/free-port.ts';
import { seededRandom } from '../shared/text.ts';
import type { Random } from '../shared/text.ts';
import { waitUntilReached } from '../shared/wait.ts';
import { Audit } from './audit.ts';
import type { Findings as Recorded } from './audit.ts';
import { Decisions } from './decisions.ts';
import { Desk } from './desk.ts';
import { ExchangeAudit } from './exchange-audit.ts';
import type { ExchangeFigures } from './exchange-figures.ts';
import { FAULTS, HEARTBEAT_MS } from './kinds.ts';
import type { Scene } from './kinds.ts';
import { Ledger } from './ledger.ts';
import { Lessons } from './lessons.ts';
import { Programs } from './programs.ts';
import { announced, CONFIG, setStage } from './stage.ts';
import { Supervisor } from './supervisor.ts';
import { Teaching } from './teaching.ts';
import { Traffic } from './traffic.ts';

export interface RunOptions {
  rounds: number;
  /** The same one chooses the same faults and says the same. */
  seed: number;
  /** What may go wrong: some of {@link possibleFaults}. */
  kinds: readonly string[];
  /** An empty directory. */
  dir: string;
  onRound(round: Round, done: number): void;
}

/** What is not as it should be; see the audits. */
export interface Findings extends Recorded {
  leaked: string[];
}

/** One fault, what was said around it, and what the recording looked like when the bot had recovered. */
export interface Round {
  fault: string;
  messages: number;
  ms: number;
  /** Only what no earlier round has found. */
  findings: Findings;
  /** What the bot said last, where something was found. */
  said: string;
}

export interface Outcome {
  rounds: Round[];
  exchange: ExchangeFigures;
  /** What was said by each bot that ended without having been told to. */
  ownEnds: string[];
}

/** Without any change for so long, what is missing then counts as lost, in ms: a busy machine takes its time to start a bot. */
const STALL_MS = 45_000;
const POLL_MS = 25;
/** How long everyone goes on talking when the fault is over, at most, in ms. */
const AFTERWARDS_MS = 400;

/** So many agents have programs that ask the bot what others have learned. */
const PROGRAMS = 3;

/** Of what the bot said last, in characters. */
const SAID_MAX = 1500;

/** Lets the bot go through one fault after the other while agents are talking. */
export async function runFaults({ rounds, seed, kinds, dir, onRound }: RunOptions): Promise<Outcome> {
  await using open = new AsyncDisposableStack();
  const discord = await startSandbox({ rateLimits: 'off', heartbeatIntervalMs: HEARTBEAT_MS });
  open.defer(() => discord.close());
  const stage = setStage(discord);
  const dbPath = join(dir, 'faults.db');
  const { api } = discord;
  const agentPort = await freePort();
  const bot = new Supervisor({ api, token: stage.recorder.token, dbPath, dir, config: CONFIG, agentPort });
  open.defer(() => bot.kill());
  bot.start();
  await reach('The mapping of channels', () => announced(stage), stage.channels.length);
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const lessons = new Lessons(stage);
  const desk = new Desk(stage, lessons, random);
  const programs = new Programs(agentPort, random);
  await programs.equip(stage, stage.workplaces.flatMap(({ team }) => team).slice(0, PROGRAMS));
  const audit = new Audit(dbPath, ledger, stage.parentOf);
  open.defer(() => audit.close());
  const exchange = new ExchangeAudit(dbPath, { stage, lessons, desk, programs });
  open.defer(() => exchange.close());
  const scene: Scene = { stage, faults: discord.faults, bot, dbPath, random };
  const decisions = new Decisions(stage);
  const teaching = new Teaching({ stage, ledger, lessons, desk, programs, random });
  const traffic = new Traffic({ stage, ledger, decisions, teaching, random });
  const play = createPlay({ scene, audit, exchange, ledger, decisions, traffic });
  const outcome: Outcome = { rounds: [], exchange: exchange.figures(), ownEnds: bot.ownEnds };
  for (const fault of plan(rounds, kinds, seededRandom(seed))) {
    const round = await play(fault);
    onRound(round, outcome.rounds.push(round));
  }
  outcome.exchange = exchange.figures();
  await bot.stop();
  return outcome;
}

/** Each kind as often as any other, in an order of chance. */
function plan(rounds: number, kinds: readonly string[], random: Random): string[] {
  const shuffled = () =>
    kinds
      .map((kind) => ({ kind, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ kind }) => kind);
  return Array.from({ length: Math.ceil(rounds / kinds.length) }, shuffled)
    .flat()
    .slice(0, rounds);
}

interface Parts {
  scene: Scene;
  audit: Audit;
  exchange: ExchangeAudit;
  ledger: Ledger;
  decisions: Decisions;
  traffic: Traffic;
}

function createPlay({ scene, ledger, traffic, ...parts }: Parts): (fault: string) => Promise<Round> {
  const isNews = forgetful();
  return async (fault) => {
    const begun = performance.now();
    const before = ledger.size;
    const quiet = new AbortController();
    const talk = traffic.run(quiet.signal);
    await FAULTS[fault]!(scene);
    scene.faults.clear();
    await sleep(scene.random() * AFTERWARDS_MS);
    quiet.abort();
    await talk;
    await recovered(parts, traffic);
    const findings = isNews(findingsOf(parts));
    return {
      fault,
      messages: ledger.size - before,
      ms: performance.now() - begun,
      findings,
      said: hasFaults(findings) ? scene.bot.output.slice(-SAID_MAX) : '',
    };
  };
}

export function hasFaults({ lost, doubled, leaked, stale, broken }: Findings): boolean {
  return lost.length + doubled.length + leaked.length + stale.length + broken.length > 0;
}

type Audits = Pick<Parts, 'audit' | 'exchange' | 'decisions'>;

/** Resolves when all that was said is recorded as it is now, and what the bot owes is posted; or nothing has changed for long. */
async function recovered({ audit, exchange, decisions }: Audits, { teaching }: Traffic): Promise<void> {
  const done = () => {
    decisions.decide();
    const busy = Number(teaching.desk.isBusy) + Number(teaching.programs.isBusy);
    const owed = audit.pending().length + decisions.pending().length + audit.toBePosted();
    // The dearer question last.
    return -owed - busy - (owed > 0 ? 1 : exchange.pending());
  };
  await reach('Recovery', done, 0).catch(() => {});
}

function findingsOf({ audit, exchange, decisions }: Audits): Findings {
  const recorded = audit.findings();
  const posts = decisions.findings(audit.reminded());
  const learned = exchange.findings();
  return {
    ...recorded,
    lost: [...recorded.lost, ...posts.lost, ...learned.lost],
    doubled: [...recorded.doubled, ...posts.doubled, ...learned.doubled],
    leaked: learned.leaked,
  };
}

function reach(what: string, read: () => number, target: number): Promise<void> {
  return waitUntilReached(read, target, { what, stallMs: STALL_MS, pollMs: POLL_MS });
}

/** Leaves out what was found before. */
function forgetful(): (findings: Findings) => Findings {
  const known = new Set<string>();
  const news = (kind: string, found: string[]) =>
    found.filter((one) => !known.has(`${kind} ${one}`) && known.add(`${kind} ${one}`));
  return (findings) =>
    Object.fromEntries(
      Object.entries(findings).map(([kind, found]) => [kind, news(kind, found)]),
    ) as Findings & Record<string, string[]>;
}
