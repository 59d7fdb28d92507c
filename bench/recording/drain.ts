import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import { serveParent } from '../shared/calls.ts';
import type { Counter } from './counter.ts';
import { Tally } from './tally.ts';

const INTENTS = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent;

/** How a frame of a message begins. */
const MESSAGE = Buffer.from('{"t":"MESSAGE_CREATE"');

/** Sooner than Discord asks for it: it hangs up on who says nothing. */
const HEARTBEAT_MS = 30_000;

const tally = new Tally();

// A client that does nothing with what it reads: how fast the flood is when nobody holds it up.
serveParent({
  async connect(api: string, token: string) {
    const headers = { authorization: `Bot ${token}` };
    const { url } = (await (await fetch(`${api}/v10/gateway/bot`, { headers })).json()) as APIGatewayBotInfo;
    const socket = new WebSocket(`${url}?v=10&encoding=json`);
    socket.on('message', (data) => {
      if ((data as Buffer).subarray(0, MESSAGE.length).equals(MESSAGE)) tally.add();
    });
    const nextFrame = () =>
      new Promise((resolve) => {
        socket.once('message', resolve);
      });
    await nextFrame();
    const properties = { os: 'linux', browser: 'drain', device: 'drain' };
    socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d: { token, intents: INTENTS, properties } }));
    await nextFrame();
    setInterval(() => socket.send(JSON.stringify({ op: GatewayOpcodes.Heartbeat, d: null })), HEARTBEAT_MS);
  },
  receive: (count: number) => tally.receive(count),
} satisfies Counter);
