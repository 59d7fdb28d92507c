import { WebSocket } from 'ws';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface Frame {
  op: number;
  t: string | null;
  s: number | null;
  d: {
    session_id: string;
    resume_gateway_url: string;
    heartbeat_interval: number;
    id: string;
    content: string;
    [member: string]: unknown;
  };
}

/** A gateway client that does nothing by itself. */
export interface RawClient {
  /** Everything received so far. */
  frames: Frame[];
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  identify(token: string, more?: object): void;
  /** The next frame, from now on or already there, that matches; consumed frames are not given twice. */
  next(matches: (frame: Frame) => boolean): Promise<Frame>;
  /** Resolves with the code when the server closes. */
  closed: Promise<number>;
  drop(): void;
}

/** Connects to a sandbox's gateway as any WebSocket client would. */
export async function openRaw(discord: Sandbox, query = '?v=10&encoding=json'): Promise<RawClient> {
  const socket = new WebSocket(discord.api.replace(/^http/, 'ws').replace('/api', `/${query}`));
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let consumed = 0;
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const wake of waiting) wake();
  });
  const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const sendText = (text: string) => socket.send(text);
  const send = (op: number, d: unknown) => sendText(JSON.stringify({ op, d }));
  return {
    frames,
    send,
    sendText,
    closed,
    identify: (token, more = {}) => send(2, { token, intents: 513, properties: {}, ...more }),
    next: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const index = frames.findIndex((frame, at) => at >= consumed && matches(frame));
          if (index < 0) return;
          waiting.delete(look);
          consumed = index + 1;
          resolve(frames[index]!);
        };
        waiting.add(look);
        look();
      }),
    drop: () => socket.terminate(),
  };
}

export const isEvent = (name: string) => (frame: Frame) => frame.t === name;
export const isOp = (op: number) => (frame: Frame) => frame.op === op;
