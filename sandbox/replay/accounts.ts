/** A Discord account that plays everyone of one name and role. */
export interface Account {
  /** Unique among all accounts. */
  key: string;
  kind: 'person' | 'bot';
  /** What people see: 2–32 units, valid as a bot's user name and as a display name, and nobody else's in any case. */
  name: string;
  /** The name in the data. */
  original: string;
}

/** Discord's limits for user names: https://docs.discord.com/developers/resources/user#usernames-and-nicknames */
const LONGEST = 32;
const SHORTEST = 2;

/** Hands out accounts by name and role; the same name and role get the same account. */
export class Accounts {
  readonly #byKey = new Map<string, Account>();
  readonly #taken = new Set<string>();

  all(): Account[] {
    return [...this.#byKey.values()];
  }

  of(original: string, role: 'human' | 'bot'): Account {
    const key = `${role}:${original}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const name = this.#freeName(validName(original));
    const account: Account = { key, kind: role === 'human' ? 'person' : 'bot', name, original };
    this.#byKey.set(key, account);
    this.#taken.add(name.toLowerCase());
    return account;
  }

  #freeName(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.#taken.has(name.toLowerCase()); n += 1) {
      const suffix = `~${n}`;
      name = shorten(wanted, LONGEST - suffix.length) + suffix;
    }
    return name;
  }
}

/** The nearest name that Discord takes. Different names may become equal here. */
function validName(original: string): string {
  const name = original
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll(/[@#:]|```/g, '_')
    .replaceAll(/discord/gi, 'disc0rd')
    .replace(/^(?:everyone|here)$/i, '$&_')
    .trim();
  return shorten(name, LONGEST).padEnd(SHORTEST, '_');
}

/** At most `length` units, without cutting a character in two. */
function shorten(name: string, length: number): string {
  return name
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
