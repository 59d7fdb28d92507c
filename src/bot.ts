import { DiscordAPIError, Events } from 'discord.js';
import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { commands } from '../commands/index.ts';
import { openDoors } from './agents/open.ts';
import { createTokens } from './agents/tokens.ts';
import type { App } from './app.ts';
import type { BackendService } from './backend-service.ts';
import { keepTrying } from './backoff.ts';
import type { Backoff } from './backoff.ts';
import type { Config } from './config.ts';
import { noticesOf } from './config/notices.ts';
import { DiscordAccess } from './discord/access.ts';
import { gatewaySeats } from './discord/seats.ts';
import { createClient } from './discord/client.ts';
import { connectClient, refusal } from './discord/connect.ts';
import { deployCommands } from './discord/deploy.ts';
import { followPulse } from './discord/pulse.ts';
import { answerMentions } from './discord/mention-reply.ts';
import { OptOuts } from './discord/opt-outs.ts';
import { ObservationQueue } from './discord/queue.ts';
import { createRecording, readKnown } from './discord/recording.ts';
import type { Known } from './discord/recording.ts';
import { createRouter } from './discord/router.ts';
import { createSpeaking } from './discord/speaking.ts';
import { createTimezones } from './discord/timezones.ts';
import { GuildWorkspaces } from './discord/workspaces.ts';
import { jobs } from './jobs/index.ts';
import { startJobs } from './jobs/job.ts';
import { makeUpMissed } from './jobs/make-up.ts';
import { createMasker } from './masking/mask.ts';
import { createPainter } from './picture.ts';
import { RpcError } from './rpc.ts';
import { SteadyClock } from './steady-clock.ts';
import { mappedNotice } from './views/mapped-notice.ts';
import type { Noticed } from './views/mapped-notice.ts';

interface Options {
  config: Config & { discord: { token: string } };
  backend: BackendService;
  log: Logger;
  /** ms UTC. */
  now(): number;
  /** Ends the starting, for as long as it takes. */
  signal: AbortSignal;
}

export interface Bot {
  app: App;
  /** Where agents' programs reach it; null: nowhere. */
  agentUrl: string | null;
  /** Rejects when it cannot go on: Discord ended the connection for good, or the backend's thread has ended. */
  failed: Promise<never>;
  /** Resolves when every message that has arrived is durable and every rule is applied. */
  settled(): Promise<void>;
  /** To be called when the clock has leapt: what fell due on the way is done before this resolves. */
  clockLeapt(): Promise<void>;
  /** Takes nothing more, and resolves when all that was taken is durable. The backend stays open. */
  stop(): Promise<void>;
}

/**
 * Connects the bot to Discord: gateway → intake → queue → backend, and commands, outbox and jobs beside it.
 *
 * @throws ConfigError when Discord refuses the token or an intent, AbortError when `signal` ends the starting
 */
export async function startBot({ config, backend, log, now, signal }: Options): Promise<Bot> {
  const { store } = backend;
  const gone = Promise.withResolvers<never>();
  const cannotRecord = unhandled(gone.promise);
  const orGone = (error: unknown) => {
    if (error instanceof RpcError) gone.reject(error);
    throw error;
  };
  const queue = new ObservationQueue({
    record: (batch) => backend.record(batch).catch(orGone),
    note: (turn, batch) => backend.note(turn, batch).catch(orGone),
    recordNoted: () => backend.recordNoted().catch(orGone),
    log,
    now,
  });
  const known = await readKnown(store, now());
  const ended = new AbortController();
  const untilEnd = AbortSignal.any([signal, ended.signal]);
  const { client, recording, app } = await connectClient({ ...config.discord, log, signal: untilEnd }, () =>
    assemble({ config, backend, known, queue, log, now }),
  );
  for (const notice of noticesOf(config)) log.warn(notice);
  queue.tellOf(backend.recovered);
  log.info({ bot: app.client.user.tag, servers: client.guilds.cache.size }, 'Connected to Discord.');
  recording.start();
  void app.optOuts
    .tellNames(client, now())
    .catch((err: unknown) => log.warn({ err }, 'Names of those who opted out are not known yet.'));
  // Nobody waits for it: Discord may let it wait for long, and what is left to do the next start does.
  void deploy(app, ended.signal);
  const doors = config.agentApi && (await openDoors(app, backend, { api: config.agentApi }));
  if (doors) log.info({ url: doors.url }, 'The doors for agents are open.');
  const speaking = createSpeaking(app);
  speaking.start();
  const runningJobs = startJobs(jobs, app);
  const { since } = known.left;
  // Nobody waits for it: the time away may take long to read.
  void makeUpMissed({ jobs: runningJobs, recording, since, log, signal: ended.signal });
  return {
    app,
    agentUrl: doors?.url ?? null,
    failed: unhandled(Promise.race([refusal(client), cannotRecord])),
    settled: () => recording.settled(),
    clockLeapt: () => runningJobs.runAll(),
    async stop() {
      ended.abort();
      await doors?.close();
      // A thread that has ended erases nothing.
      await store.erasure.stop().catch(() => {});
      await Promise.all([runningJobs.stop(), speaking.stop(), recording.stop()]);
      await app.painter.close();
      await client.destroy();
    },
  };
}

/** The same promise, which may reject before anybody listens. */
function unhandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

interface Parts extends Pick<Options, 'config' | 'backend' | 'log' | 'now'> {
  known: Known;
  queue: ObservationQueue;
}

/** A client that is not logged in yet, with all that listens to it. */
function assemble({ config, backend, known, queue, log, now }: Parts) {
  const { store } = backend;
  const { rules, workLogs } = config;
  const { userOnlyAccess } = workLogs.privacy;
  const client = createClient(config.discord.apiUrl);
  const noticeOf = (workspace: Noticed, before: Noticed | null = null) =>
    mappedNotice(workspace, { ownersOnly: userOnlyAccess, retentionDays: config.retentionDays }, before);
  const workspaces = new GuildWorkspaces(known.workspaces, {
    client,
    store: store.workspaces,
    rules,
    enabled: workLogs.enabled,
    silent: workLogs.silent,
    flush: () => queue.flush(),
    notice: (workspace, before) => ({
      channelId: workspace.channelId,
      payload: noticeOf(workspace, before),
      holds: JSON.stringify(noticeOf(workspace)),
    }),
    now,
  });
  const timezones = createTimezones(known.timezones, { usual: config.timezone, store: store.guilds });
  const optOuts = new OptOuts(known.optOuts, store.people);
  const recording = createRecording({ client, config, store, known, workspaces, queue, optOuts, log, now });
  if (!workLogs.silent)
    answerMentions({ client, workspaces, outbox: store.outbox, notice: noticeOf, log, now });
  const seats = gatewaySeats(client, now);
  const access = new DiscordAccess({ seats, workspaces, userOnlyAccess });
  // Commands and jobs run only once the client is ready.
  const { catchingUp, knownUntil } = recording;
  const app: App = {
    config,
    log,
    client: client as Client<true>,
    store,
    workspaces,
    timezones,
    tokens: createTokens(store.tokens),
    seats,
    access,
    optOuts,
    mask: (text, { id }) => backend.mask(id, text),
    maskName: nameMasking(config),
    catchingUp,
    knownUntil,
    pulse: followPulse({ client, queue, now }),
    painter: createPainter(),
    clock: new SteadyClock(now, { seenAt: known.left.since }),
    now,
  };
  const route = createRouter(commands, app);
  client.on(Events.InteractionCreate, (interaction) => void route(interaction));
  return { client, recording, app };
}

function nameMasking({ recording }: Config): App['maskName'] {
  if (!recording.maskSecrets) return (name) => name;
  const { mask } = createMasker();
  return (name) => mask(name).text;
}

const DEPLOY_BACKOFF: Backoff = { first: 2000, most: 5 * 60_000 };

/** Without its commands the bot still records, so it runs on while they cannot be deployed. It never rejects. */
async function deploy({ client, config, log }: App, signal: AbortSignal): Promise<void> {
  const target = {
    rest: client.rest,
    applicationId: client.application.id,
    guildId: config.discord.guildId,
  };
  const definitions = commands.map(({ data }) => data);
  const complain = (err: unknown, retryInMs: number) => {
    if (err instanceof DiscordAPIError) throw err;
    log.warn({ err, retryInMs }, 'The commands could not be deployed; trying again.');
  };
  try {
    const deployIt = () => deployCommands(target, definitions);
    const { create, update, remove } = await keepTrying(deployIt, DEPLOY_BACKOFF, signal, complain);
    const counts = { created: create.length, updated: update.length, removed: remove.length };
    log.info(counts, 'The commands are deployed.');
  } catch (err) {
    if (!signal.aborted) log.error({ err }, 'Discord refuses the commands: people cannot use them.');
  }
}
