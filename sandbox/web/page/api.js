/** @import { Figure } from './types.d.ts' */

/** What the server refuses, in words for the person. */
export class Refused extends Error {}

/** The page's server; see `../site.ts`. Whoever holds a visit's token acts as its person. */
export class Api {
  #token = '';

  get token() {
    return this.#token;
  }

  /** @returns {Promise<Figure[]>} everybody whom one can be */
  async people() {
    return /** @type {Promise<Figure[]>} */ (answerOf(await fetch('/web/api/people')));
  }

  /** From now on acts are this person's. @param {string} person */
  async visit(person) {
    const answer = await answerOf(await post('/web/api/visits', { person }));
    this.#token = /** @type {{ token: string }} */ (answer).token;
  }

  /** @param {number} tip */
  async runTip(tip) {
    await answerOf(await post('/web/api/guide', { tip }));
  }

  /**
   * @template [T=unknown]
   * @param {string} name @param {string} channel @param {object} [body]
   * @returns {Promise<T>}
   */
  async act(name, channel, body = {}) {
    const answer = await post(`/web/api/acts/${name}`, { channel, ...body }, this.#token);
    return /** @type {Promise<T>} */ (answerOf(answer));
  }
}

/** @param {string} path @param {object} body @param {string} [token] */
function post(path, body, token) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { 'x-visit': token }) },
    body: JSON.stringify(body),
  });
}

/** @param {Response} response */
async function answerOf(response) {
  const answer = await response.json().catch(() => ({ error: 'This Discord gave no answer.' }));
  if (answer.error !== undefined) throw new Refused(String(answer.error));
  return answer;
}
