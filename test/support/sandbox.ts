import { startSandbox, type Exchange, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox.ts';
import { loadConformance } from './openapi.ts';

const file = process.env['DISCORD_OPENAPI'];

/** The official description's opinion on every exchange, or undefined where it is not at hand. */
export const conformance = file === undefined || file === '' ? undefined : loadConformance(file);

/**
 * Starts a sandbox for a test. Its `close` throws when an exchange differed from Discord's official description, or
 * when the sandbox could not answer for a fault of its own.
 * Rate limits are off unless asked for: they are the subject of few tests and would slow the rest.
 */
export async function startTestSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const deviations: string[] = [];
  const sandbox = await startSandbox({
    rateLimits: 'off',
    ...options,
    onExchange: (exchange) => {
      if (isCrash(exchange))
        deviations.push(`${exchange.method} ${exchange.path}: the sandbox itself failed`);
      deviations.push(...(conformance?.(exchange) ?? []));
      options.onExchange?.(exchange);
    },
  });
  const close = async () => {
    await sandbox.close();
    if (deviations.length > 0) {
      throw new Error(`Not as Discord's API description says:\n${[...new Set(deviations)].join('\n')}`);
    }
  };
  return { ...sandbox, close };
}

/** What an error that is not Discord's is answered with; faults on demand say something else. */
function isCrash({ status, responseBody }: Exchange): boolean {
  return status === 500 && JSON.stringify(responseBody)?.includes('500: Internal Server Error') === true;
}
