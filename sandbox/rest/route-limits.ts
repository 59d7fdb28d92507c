/** How many requests a window allows. */
export interface Limit {
  requests: number;
  windowMs: number;
}

const defaultLimit = { requests: 50, windowMs: 1000 };

/**
 * Requests per window by method and route. Discord publishes no table (a client shall read the headers); these are
 * the values its headers commonly carry.
 */
const routeLimits: Record<string, Limit> = {
  'POST /channels/:id/messages': { requests: 5, windowMs: 5000 },
  'GET /channels/:id/messages': { requests: 5, windowMs: 5000 },
  'PATCH /channels/:id/messages/:id': { requests: 5, windowMs: 5000 },
  'DELETE /channels/:id/messages/:id': { requests: 5, windowMs: 1000 },
  'POST /channels/:id/messages/bulk-delete': { requests: 1, windowMs: 3000 },
  'PUT /channels/:id/messages/:id/reactions/:emoji/@me': { requests: 1, windowMs: 250 },
  'POST /channels/:id/typing': { requests: 5, windowMs: 5000 },
  'POST /channels/:id/webhooks': { requests: 5, windowMs: 60_000 },
  'POST /webhooks/:id/:token': { requests: 5, windowMs: 2000 },
  'PUT /applications/:id/commands': { requests: 5, windowMs: 20_000 },
  'POST /applications/:id/commands': { requests: 5, windowMs: 20_000 },
  'PUT /applications/:id/guilds/:id/commands': { requests: 5, windowMs: 20_000 },
  'POST /applications/:id/guilds/:id/commands': { requests: 5, windowMs: 20_000 },
};

/** The limit of a route, as {@link placeOf} names it. */
export function limitOf(method: string, route: string): Limit {
  return routeLimits[`${method} ${route}`] ?? defaultLimit;
}

/** Where a request goes, as far as limits care. */
export interface Place {
  /** The path with its ids replaced: which limit applies. */
  route: string;
  /** The channel, guild or webhook that has a bucket of its own. */
  major: string;
  /** An interaction's initial response: not limited at all. */
  callback: boolean;
  /** Any interaction route: outside the global limit. */
  interaction: boolean;
}

/** Reads the path below `/api/v10`. */
export function placeOf(path: string): Place {
  const parts = path.replaceAll('%40', '@').split('/').filter(Boolean);
  const [resource, id = '', token = ''] = parts;
  const onWebhook = resource === 'webhooks' && token !== '';
  const route = parts.map((part, index) => {
    if (/^\d{15,20}$/.test(part)) return ':id';
    if (onWebhook && index === 2) return ':token';
    return parts[index - 1] === 'reactions' ? ':emoji' : part;
  });
  return {
    route: `/${route.join('/')}`,
    major: onWebhook ? `${id}/${token}` : id,
    callback: resource === 'interactions' && parts.at(-1) === 'callback',
    // Interaction tokens are long; those of incoming webhooks have 68 characters.
    interaction: resource === 'interactions' || (onWebhook && token.length > 100),
  };
}
