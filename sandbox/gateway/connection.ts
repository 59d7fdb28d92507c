import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import type { Core } from '../core.ts';
import type { Faults } from '../faults.ts';
import { CloseReason, GatewayClosure } from './codes.ts';
import type { CloseCode } from './codes.ts';
import { identityOf, resumeRequestOf } from './identify.ts';
import { sendMembers } from './members.ts';
import { greet } from './ready.ts';
import type { Line, Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** https://docs.discord.com/developers/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4096;
const MAX_EVENTS = 120;
const EVENTS_WINDOW_MS = 60_000;

export interface ConnectionOptions {
  core: Core;
  sessions: Sessions;
  faults: Faults;
  heartbeatIntervalMs: number;
}

/** One client's socket, from Hello to its close. */
export class Connection implements Line {
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  #session: Session | undefined;
  #received: number[] = [];
  #cancelTimeout: () => void = () => undefined;

  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('close', (code) => this.#closed(code));
    // A broken socket closes right after; there is nobody to tell.
    socket.on('error', () => undefined);
    this.#expectHeartbeat();
    this.send(Op.Hello, { heartbeat_interval: options.heartbeatIntervalMs, _trace: ['["sandbox"]'] });
  }

  get session(): Session | undefined {
    return this.#session;
  }

  send(op: Op, d: unknown): void {
    this.sendRaw(JSON.stringify({ t: null, s: null, op, d }));
  }

  sendRaw(frame: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  close(code: CloseCode): void {
    this.#socket.close(code, CloseReason[code]);
  }

  /** Cuts the wire without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Op 9. The session goes on after a resume on this socket if it is resumable, else it is over. */
  invalidate(isResumable: boolean): void {
    const session = this.#session;
    this.#session = undefined;
    session?.detach(this);
    if (session !== undefined) {
      if (isResumable) this.#options.sessions.keepForResume(session);
      else this.#options.sessions.end(session);
    }
    this.send(Op.InvalidSession, isResumable);
  }

  #receive(data: RawData, isBinary: boolean): void {
    try {
      this.#countEvent();
      const bytes = data as Buffer;
      if (isBinary || bytes.byteLength > MAX_PAYLOAD_BYTES) throw new GatewayClosure(4002);
      const { op, d } = parse(bytes.toString());
      this.#handle(op, d);
    } catch (error) {
      const isKnown = error instanceof GatewayClosure;
      // Anything else is a fault of this program: it is shown to whoever runs it.
      if (!isKnown) console.error(error);
      this.close(isKnown ? error.code : 4000);
    }
  }

  #handle(op: unknown, d: unknown): void {
    if (op === Op.Heartbeat) return this.#heartbeat(d);
    if (op === Op.Identify) return this.#identify(d);
    if (op === Op.Resume) return this.#resume(d);
    if (!clientOps.has(op as Op)) throw new GatewayClosure(4001);
    if (this.#session === undefined) throw new GatewayClosure(4003);
    if (op === Op.RequestGuildMembers) sendMembers(this.#options.core, this.#session, d);
  }

  #heartbeat(sequence: unknown): void {
    this.#expectHeartbeat();
    if (typeof sequence === 'number') this.#session?.acknowledge(sequence);
    if (!this.#options.faults.withholdsAcks) this.send(Op.HeartbeatAck, undefined);
  }

  #identify(data: unknown): void {
    if (this.#session !== undefined) throw new GatewayClosure(4005);
    const { core, sessions } = this.#options;
    const identity = identityOf(core.world, data);
    this.#session = sessions.begin(identity.application, identity.intents);
    this.#session.attach(this);
    greet(core, this.#session, identity.shard);
    core.events.receivers.add(this.#session);
  }

  #resume(data: unknown): void {
    if (this.#session !== undefined) throw new GatewayClosure(4005);
    const { core, sessions } = this.#options;
    const { application, sessionId, sequence } = resumeRequestOf(core.world, data);
    const session = sessions.find(sessionId);
    if (session === undefined || session.application !== application)
      return this.send(Op.InvalidSession, false);
    if (sequence > session.sequence) throw new GatewayClosure(4007);
    if (!session.canReplayFrom(sequence)) return this.#endUnreplayable(session);
    const former = session.line;
    sessions.resumed(session);
    this.#session = session;
    session.attach(this);
    if (former instanceof Connection) former.close(4000);
    session.replayFrom(sequence);
    session.dispatch('RESUMED', '{"_trace":["[\\"sandbox\\"]"]}');
  }

  #endUnreplayable(session: Session): void {
    this.#options.sessions.end(session);
    this.send(Op.InvalidSession, false);
  }

  #countEvent(): void {
    const now = this.#options.core.clock.now();
    this.#received = this.#received.filter((at) => now - at < EVENTS_WINDOW_MS);
    this.#received.push(now);
    if (this.#received.length > MAX_EVENTS) throw new GatewayClosure(4008);
  }

  /** A client that is silent for two intervals is gone. */
  #expectHeartbeat(): void {
    this.#cancelTimeout();
    const { core, heartbeatIntervalMs } = this.#options;
    this.#cancelTimeout = core.clock.after(heartbeatIntervalMs * 2, () => this.close(4009));
  }

  /** A client that says goodbye (1000, 1001) gives its session up. */
  #closed(code: number): void {
    this.#cancelTimeout();
    const session = this.#session;
    if (session === undefined || session.line !== this) return;
    session.detach(this);
    if (code === 1000 || code === 1001) this.#options.sessions.end(session);
    else this.#options.sessions.keepForResume(session);
  }
}

/** What a client may send beside heartbeat, identify and resume. */
const clientOps = new Set<Op>([
  Op.PresenceUpdate,
  Op.VoiceStateUpdate,
  Op.RequestGuildMembers,
  Op.RequestSoundboardSounds,
]);

function parse(text: string): { op?: unknown; d?: unknown } {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    throw new GatewayClosure(4002);
  }
  if (typeof payload !== 'object' || payload === null) throw new GatewayClosure(4002);
  return payload;
}
