import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Faults } from '../../sandbox/sandbox.ts';
import type { Random } from '../shared/text.ts';
import type { Stage } from './stage.ts';
import type { Supervisor } from './supervisor.ts';

/** What a fault acts on. */
export interface Scene {
  stage: Stage;
  faults: Faults;
  bot: Supervisor;
  dbPath: string;
  random: Random;
}

/** Brings trouble at a random moment and takes it away again: once it resolves, the bot can recover. */
type Fault = (scene: Scene) => Promise<void>;

const SPOILED: RegExp = /^\/api\/v10\/(?:channels|guilds|gateway|webhooks|applications)/;

/** By name, as the table shows them. */
export const FAULTS: Record<string, Fault> = {
  async SIGKILL(scene) {
    await moment(scene, 500);
    await scene.bot.kill();
    await moment(scene, 300);
    scene.bot.start();
  },

  /** Killed again while it starts and catches up. */
  async 'SIGKILL twice'(scene) {
    await FAULTS['SIGKILL']!(scene);
    await moment(scene, 1500);
    await scene.bot.kill();
    scene.bot.start();
  },

  /** It is away for so long that Discord does not know its nonces any more. */
  async 'SIGKILL, long away'(scene) {
    await moment(scene, 500);
    await scene.bot.kill();
    scene.faults.forgetNonces();
    scene.bot.start();
  },

  async 'SIGTERM, restart'(scene) {
    await moment(scene, 500);
    await scene.bot.stop();
    await moment(scene, 300);
    scene.bot.start();
  },

  async 'connection dropped'(scene) {
    await moment(scene, 300);
    scene.faults.dropConnections();
    await moment(scene, 300);
  },

  async 'session invalid'(scene) {
    await moment(scene, 300);
    scene.faults.invalidateSessions(scene.random() < 0.3);
    await moment(scene, 300);
  },

  /** The session is lost with the connection: what was sent meanwhile is never sent again. */
  async 'session expired'(scene) {
    await moment(scene, 300);
    scene.faults.expireSessions();
    await moment(scene, 300);
  },

  async 'reconnect asked for'(scene) {
    await moment(scene, 300);
    scene.faults.requestReconnect();
    await moment(scene, 300);
  },

  async 'acks missing'(scene) {
    scene.faults.withholdAcks();
    await sleep(ACKS_MISSING_MS);
    scene.faults.withholdAcks(false);
  },

  async outage(scene) {
    await moment(scene, 200);
    scene.faults.refuseConnections();
    await sleep(300 + scene.random() * 1500);
    scene.faults.refuseConnections(false);
  },

  async '5xx'(scene) {
    scene.faults.failRest({ status: 500 + Math.floor(scene.random() * 4), path: SPOILED, times: 8 });
    scene.faults.dropConnections();
    await moment(scene, 600);
  },

  async '429 storm'(scene) {
    scene.faults.failRest({ retryAfterS: 0.1, path: SPOILED, times: 5 });
    scene.faults.expireSessions();
    await moment(scene, 600);
  },

  /** Requests are carried out, and nobody hears of it. */
  async 'answers lost'(scene) {
    scene.faults.failRest({ close: 'afterwards', path: SPOILED, times: 6 });
    await moment(scene, 600);
  },

  async 'answers lost, SIGKILL'(scene) {
    scene.faults.failRest({ close: 'afterwards', path: SPOILED, method: 'POST', times: 6 });
    await FAULTS['SIGKILL, long away']!(scene);
  },

  /** What is said meanwhile is read when it can be. */
  async 'channel hidden'(scene) {
    const [channel] = scene.stage.channels;
    await moment(scene, 300);
    channel!.setOverwrites([{ id: scene.stage.recorder, deny: PermissionFlagsBits.ViewChannel }]);
    await moment(scene, 800);
    channel!.setOverwrites([]);
  },

  async 'events twice'(scene) {
    scene.faults.duplicateEvents({ times: 30 });
    await moment(scene, 600);
  },

  async 'events late'(scene) {
    scene.faults.reorderEvents({ times: 20 });
    await moment(scene, 600);
  },

  async 'events late, SIGKILL'(scene) {
    scene.faults.reorderEvents({ times: 200 });
    await FAULTS['SIGKILL']!(scene);
  },

  async 'disk full'(scene) {
    await moment(scene, 300);
    limitFiles(scene.bot, DISK_FULL);
    await sleep(200 + scene.random() * 800);
    limitFiles(scene.bot, 'unlimited');
  },

  async 'disk full, SIGKILL'(scene) {
    await moment(scene, 300);
    limitFiles(scene.bot, DISK_FULL);
    await moment(scene, 500);
    await scene.bot.kill();
    scene.bot.start();
  },

  async 'database locked'(scene) {
    await moment(scene, 300);
    await holdDatabase(scene, 200 + scene.random() * 1200);
  },

  /** Longer than SQLite waits for the lock. */
  async 'database locked for long'(scene) {
    await holdDatabase(scene, 5500);
  },
};

/** Two heartbeats of {@link HEARTBEAT_MS}, and a bit: by then a client knows that its connection is dead. */
const ACKS_MISSING_MS = 2200;

/** What the local Discord tells clients to keep, in ms: a dead connection is noticed within a round. */
export const HEARTBEAT_MS = 1000;

/** In bytes: not even the first page of any file can be written. */
const DISK_FULL = '1';

/** The kinds that this machine can do. */
export function possibleFaults(): string[] {
  const hasLimits = spawnSync('prlimit', ['--version']).status === 0;
  return Object.keys(FAULTS).filter((name) => hasLimits || !name.startsWith('disk full'));
}

function moment({ random }: Scene, most: number): Promise<void> {
  return sleep(random() * most);
}

/** The system's limit for the size of a file: writes beyond it fail as they do on a full disk. */
function limitFiles({ pid }: Supervisor, size: string): void {
  if (pid !== undefined) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`]);
}

/** Another process writes for so long, and nobody else can. */
async function holdDatabase({ dbPath }: Scene, ms: number): Promise<void> {
  const db = new Database(dbPath);
  try {
    db.exec('BEGIN EXCLUSIVE');
    await sleep(ms);
    db.exec('ROLLBACK');
  } finally {
    db.close();
  }
}
