import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { isPlaceholder } from './randomness.ts';

/** Finds the credentials of HTTP headers: `Authorization: Bearer …`, `Proxy-Authorization: Basic …`, and a bare `Bearer …`. */
export const authorizationRule: Rule = {
  certainty: 'called secret',
  triggers: ['authorization', 'bearer'],
  find(text, at) {
    const match = matchAt(CREDENTIALS, text, at);
    if (match === null) return null;
    const value = match[1]!;
    const end = at + match[0].length;
    if (isPlaceholder(value) || (!/\d/.test(value) && !/[a-z][A-Z]/.test(value))) return null;
    return { start: end - value.length, end, kind: 'authorization' };
  },
};

const CREDENTIALS =
  /(?:authorization["'\\]{0,3}\s{0,2}[:=]\s{0,3}["'\\]{0,3}(?:(?:Bearer|Basic|Token|Bot|SSWS|ApiKey|GenieKey|OAuth|FlyV1|Key)\s{1,4})?(?=[\w+/=.~:-]{8})|bearer\s{1,4}(?=[\w+/=.~-]{16}))([\w+/=.~:-]{8,8192})/iy;

/** Finds ids of sessions where web frameworks keep them: whoever has one is signed in. */
export const sessionRule: Rule = {
  certainty: 'called secret',
  triggers: ['sessid=', 'sessionid=', 'connect.sid=', '_session='],
  find(text, at) {
    const match = matchAt(SESSION, text, at);
    if (match === null || isPlaceholder(match[1]!) || !/\d/.test(match[1]!)) return null;
    const end = at + match[0].length;
    return { start: end - match[1]!.length, end, kind: 'cookie' };
  },
};

const SESSION = /(?:sessid|sessionid|connect\.sid|_session)=([\w.%+/-]{16,4096}={0,2})/iy;

/** Finds the cookies of HTTP headers. What one is good for is known to its server alone, so all of them go. */
export const cookieRule: Rule = {
  certainty: 'called secret',
  triggers: ['cookie'],
  find(text, at) {
    const match = matchAt(COOKIES, text, at);
    if (match === null) return null;
    const end = at + match[0].length;
    return { start: end - match[1]!.length, end, kind: 'cookie' };
  },
};

const COOKIES =
  /cookie["'\\]{0,3}\s?:\s{0,2}["'\\]{0,3}([\w.\-%]{1,100}=(?!\[masked:)[^\s"'\\;]{6,4096}(?:;\s?[\w.\-%]{1,100}=[^\s"'\\;]{0,4096}){0,50})/iy;
