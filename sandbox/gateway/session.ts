import { GatewayOpcodes } from 'discord-api-types/v10';
import type { Receiver } from '../events.ts';
import type { DeliveryFaults } from '../faults/delivery.ts';
import type { Application } from '../world.ts';

/** Where a session's frames go while it is connected. */
export interface Line {
  sendRaw(frame: string): void;
}

/** Events kept for a resume. A client that missed more has to identify anew. */
const BUFFER_EVENTS = 10_000;

/** One bot's place in the stream of events. It outlives its connections: what is missed is kept and replayed. */
export class Session implements Receiver {
  readonly id: string;
  readonly application: Application;
  readonly intents: number;
  readonly #faults: DeliveryFaults;
  #line: Line | undefined;
  #sequence = 0;
  /** Frames after `#bufferedFrom`, in order of their sequence number. */
  #buffer: string[] = [];
  #bufferedFrom = 0;
  /** An event that is held back to arrive after the next one. */
  #late: { event: string; json: string } | undefined;

  constructor(id: string, application: Application, intents: number, faults: DeliveryFaults) {
    this.id = id;
    this.application = application;
    this.intents = intents;
    this.#faults = faults;
  }

  get userId(): string {
    return this.application.id;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get line(): Line | undefined {
    return this.#line;
  }

  attach(line: Line): void {
    this.#line = line;
  }

  detach(line: Line): void {
    if (this.#line === line) this.#line = undefined;
  }

  /** Sends an event, or keeps it for the resume; faults may double it or let the next one overtake it. */
  deliver(event: string, json: string): void {
    const fault = this.#faults.take(event, this.userId);
    if (fault === 'late' && this.#late === undefined) {
      this.#late = { event, json };
      return;
    }
    this.dispatch(event, json);
    if (fault === 'twice') this.dispatch(event, json);
    const late = this.#late;
    this.#late = undefined;
    if (late !== undefined) this.dispatch(late.event, late.json);
  }

  dispatch(event: string, json: string): void {
    this.#sequence += 1;
    const frame = `{"t":"${event}","s":${this.#sequence},"op":${GatewayOpcodes.Dispatch},"d":${json}}`;
    this.#buffer.push(frame);
    if (this.#buffer.length > BUFFER_EVENTS * 2) this.#forget(this.#buffer.length - BUFFER_EVENTS);
    this.#line?.sendRaw(frame);
  }

  /** The client has everything up to here: nothing of it will be replayed. */
  acknowledge(sequence: number): void {
    const known = Math.min(sequence - this.#bufferedFrom, this.#buffer.length);
    if (known > 0) this.#forget(known);
  }

  canReplayFrom(sequence: number): boolean {
    return sequence >= this.#bufferedFrom && sequence <= this.#sequence;
  }

  /** Sends everything after `sequence` once more. */
  replayFrom(sequence: number): void {
    for (const frame of this.#buffer.slice(sequence - this.#bufferedFrom)) this.#line?.sendRaw(frame);
  }

  #forget(count: number): void {
    this.#buffer = this.#buffer.slice(count);
    this.#bufferedFrom += count;
  }
}
