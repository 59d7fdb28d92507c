import { GatewayOpcodes } from 'discord.js';

/**
 * Resolves when the gateway at `url` has said hello, as it does before anybody logs in, and rejects when it has not after
 * `timeout` ms. https://docs.discord.com/developers/events/gateway#hello-event
 */
export async function sayHello(url: string, timeout: number): Promise<void> {
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  const timer = setTimeout(() => socket.close(), timeout);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('message', ({ data }) => {
        if (isHello(String(data))) resolve();
        else reject(new Error('it speaks, but not as a gateway of Discord'));
      });
      socket.addEventListener('error', () => reject(new Error('no connection')));
      socket.addEventListener('close', () => reject(new Error('no greeting')));
    });
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

function isHello(text: string): boolean {
  try {
    return (JSON.parse(text) as { op?: unknown } | null)?.op === GatewayOpcodes.Hello;
  } catch {
    return false;
  }
}
