import type { FormErrors } from '../../sandbox/errors.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** The members of Discord's answers that tests work with; they assert on the rest. */
export interface Body {
  id: string;
  token: string;
  content: string;
  code: number;
  message: string;
  errors: FormErrors;
  [member: string]: unknown;
}

export interface Answer<T = Body> {
  status: number;
  /** Parsed JSON; undefined when there was no body. */
  body: T;
  headers: Headers;
}

export interface Rest {
  <T = Body>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
}

/** Plain HTTP against a sandbox, as a bot or (without a token) as nobody. A FormData body is sent as such. */
export function restOf(discord: Sandbox, token?: string): Rest {
  return async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${discord.api}/v10${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bot ${token}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text === '' ? undefined : text) as T,
      headers: response.headers,
    };
  };
}

/** `404 10003`: an answer's status and error code in one word. */
export function refusalOf({ status, body }: Answer<unknown>): string {
  return `${status} ${(body as { code?: number } | undefined)?.code ?? 'ok'}`;
}
