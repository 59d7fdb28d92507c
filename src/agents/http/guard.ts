import type { Config } from '../../config.ts';
import { AgentError } from '../errors.ts';

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that a web page made behind its reader's back: by a name that is not ours (DNS rebinding), or from an origin of
 * another host.
 *
 * @throws AgentError
 */
export type Guard = (request: Request) => void;

export function createGuard({ host, allowedHosts }: NonNullable<Config['agentApi']>): Guard {
  const own = new Set([...THIS_MACHINE, host.toLowerCase(), ...allowedHosts]);
  return ({ headers, url }) => {
    if (!own.has(hostnameOf(`http://${headers.get('host') ?? new URL(url).host}`)))
      throw new AgentError(
        'forbidden',
        'This host name is not served here: AGENT_API_ALLOWED_HOSTS names those that are.',
      );
    const origin = headers.get('origin');
    if (origin !== null && !own.has(hostnameOf(origin)))
      throw new AgentError('forbidden', 'Requests of other web pages are not served here.');
  };
}

/** Without the port; empty where it is none. */
function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}
