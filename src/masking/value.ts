import { hideIn } from './hide.ts';
import type { Scan } from './scan.ts';

export interface MaskedValue {
  value: unknown;
  masked: number;
}

/** How deep data is read, and how many values of it. What lies beyond is hidden unread. */
const DEPTH = 32;
const VALUES = 20_000;
const UNREAD = '[masked:unread]';

/** Up to this length a text is read together with its key: `{"phone": "555 0143"}` says more than the number. */
const SHORT = 4096;

/** Hides secrets in the keys and texts of JSON data. */
export function maskValueWith(scan: Scan, value: unknown): MaskedValue {
  const walk = new Walk(scan);
  return { value: walk.mask(value, '', 0), masked: walk.masked };
}

class Walk {
  masked = 0;
  readonly #scan: Scan;
  #left = VALUES;

  constructor(scan: Scan) {
    this.#scan = scan;
  }

  /** `key` is what the value is called, for the elements of an array what the array is called. */
  mask(value: unknown, key: string, depth: number): unknown {
    this.#left -= 1;
    if (typeof value === 'string') return this.#text(value, key);
    if (typeof value === 'number') return this.#number(value, key);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= DEPTH) return this.#hide('unread');
    return Array.isArray(value) ? this.#array(value, key, depth) : this.#object(value, depth);
  }

  #text(text: string, key: string): string {
    if (isSecretKey(key) && text !== '' && !MARKER.test(text)) return this.#hide(kindOf(key));
    const before = key !== '' && text.length <= SHORT ? `${key.slice(0, 100)}: ` : '';
    const hidden = hideIn(text, this.#scan, before);
    this.masked += hidden.masked;
    return hidden.text;
  }

  /** Numbers of phones and cards are numbers in some data. */
  #number(value: number, key: string): unknown {
    if (isSecretKey(key)) return this.#hide(kindOf(key));
    return Number.isSafeInteger(value) && value >= 1e6 ? this.#long(value, key) : value;
  }

  #long(value: number, key: string): unknown {
    const before = this.masked;
    const text = this.#text(String(value), key);
    return this.masked > before ? text : value;
  }

  #array(values: unknown[], key: string, depth: number): unknown[] {
    const masked: unknown[] = [];
    for (const value of values) {
      if (this.#left <= 0) return [...masked, this.#hide('unread')];
      masked.push(this.mask(value, key, depth + 1));
    }
    return masked;
  }

  #object(object: object, depth: number): Record<string, unknown> {
    const masked = new Map<string, unknown>();
    for (const [key, value] of Object.entries(object)) {
      if (this.#left <= 0) {
        masked.set(this.#hide('unread'), null);
        break;
      }
      masked.set(this.#key(key, masked), this.mask(value, key, depth + 1));
    }
    // Makes an own property of `__proto__`, too, as JSON.parse does.
    return Object.fromEntries(masked);
  }

  /** Two keys that look alike once masked must not become one. */
  #key(key: string, taken: Map<string, unknown>): string {
    const hidden = hideIn(key, this.#scan);
    this.masked += hidden.masked;
    let name = hidden.text;
    for (let count = 2; taken.has(name); count += 1) name = `${hidden.text} (${count})`;
    return name;
  }

  #hide(kind: string): string {
    this.masked += 1;
    return kind === 'unread' ? UNREAD : `[masked:${kind}]`;
  }
}

const MARKER = /^\[masked:[a-z0-9-]{1,40}\]$/;

function isSecretKey(key: string): boolean {
  if (key.length < 3 || key.length > 64) return false;
  const name = key.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  return SECRET_KEY.test(name) && !HARMLESS_KEY.test(name);
}

const SECRET_KEY =
  /(?:password|passwd|passphrase|passcode|pwd|secret|secretvalue|token|(?:api|access|secret|private|signing|encryption|auth|master|shared|account|license)key|authorization|credentials?|cookies?|connectionstring|bearer)$|^(?:pin|otp|cvv|cvc|ssn)$/;
/** Tokens of a language model or a list are counted and passed on, not kept secret; nor is what is public. */
const HARMLESS_KEY =
  /(?:next|prev|previous|page|pagination|continuation|sync|cursor|max|min|num|total|input|output|prompt|completion|stop|eos|bos|pad|unk|sep|mask|cancel|cancellation|special|first|last|per|public)(?:s|the|page)?token$|(?:public|publishable)key$/;

function kindOf(key: string): string {
  if (/pass|pwd/i.test(key)) return 'password';
  return /token/i.test(key) ? 'token' : /key/i.test(key) ? 'key' : 'secret';
}
