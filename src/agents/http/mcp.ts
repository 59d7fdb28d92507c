import { createMcpHandler } from '@modelcontextprotocol/server';
import { callFunction } from '../call.ts';
import type { Caller, Doors } from '../doors.ts';
import { functions } from '../functions/index.ts';
import { createMcpServer } from '../mcp/server.ts';
import type { Keys } from './keys.ts';
import { refusalOf } from './refusal.ts';

interface Options {
  doors: Doors;
  keys: Keys;
  /** In bytes. */
  maxRequestBodySize: number;
  /** Aborted when the door closes. */
  signal: AbortSignal;
}

/** The MCP door over streamable HTTP: one request, one server, and nothing is kept between requests. */
export function createMcpDoor({ doors, keys, maxRequestBodySize, signal }: Options) {
  const byName = new Map(functions.map((one) => [one.name, one]));
  const handlerFor = (caller: Caller) =>
    createMcpHandler(
      () =>
        createMcpServer(async (name, input, { signal: ended, key: given }) => {
          const one = byName.get(name)!;
          const named = {
            botKey: caller.bot.key,
            given: one.isReading ? undefined : given,
            said: [JSON.stringify([name, input])],
          };
          try {
            return await keys(named, async (key) => {
              const call = { doors, caller, key, signal: AbortSignal.any([ended, signal]) };
              return (await callFunction(one, input, call)) as Record<string, unknown>;
            });
          } catch (error) {
            throw refusalOf(error, doors);
          }
        }),
      {
        maxRequestBodySize,
        onerror: (err) => doors.app.log.debug({ err }, 'A request of an MCP client failed.'),
      },
    );
  return (request: Request, caller: Caller): Promise<Response> => handlerFor(caller).fetch(request);
}
