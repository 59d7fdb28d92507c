import { authorizationRule, cookieRule, sessionRule } from './rules/header.ts';
import { passwordOptionRule, sqlPasswordRule, userOptionRule } from './rules/command.ts';
import { discordTokenRule } from './rules/discord.ts';
import { kubernetesRule } from './rules/kubernetes.ts';
import { namedRules } from './rules/named.ts';
import { passwordRule } from './rules/password.ts';
import { pemRule } from './rules/pem.ts';
import { secretRule } from './rules/secret.ts';
import { urlRule } from './rules/url.ts';
import { seedPhraseRule, walletKeyRule } from './rules/wallet.ts';
import { emailRule } from './pii/email.ts';
import { ibanRule } from './pii/iban.ts';
import { ipv4Rule, ipv6Rule } from './pii/ip.ts';
import { numberRule } from './pii/number.ts';
import { formatRules } from './format.ts';
import { PROVIDERS } from './providers/index.ts';
import type { Rule } from './rule.ts';
import { createScan } from './scan.ts';
import { hideIn } from './hide.ts';
import type { Masked } from './hide.ts';
import { maskValueWith } from './value.ts';
import type { MaskedValue } from './value.ts';

export type { Masked } from './hide.ts';
export type { MaskedValue } from './value.ts';

export interface Masker {
  /** Hides secrets and personal data in a text. Masking what it returns changes nothing. Takes time linear in the length. */
  mask: (text: string) => Masked;
  /**
   * The same for JSON data: keys and texts at every depth, and whatever a key like `password` or `api_key` holds. The data itself is
   * not changed. What lies too deep, or behind too much else, is hidden as a whole.
   */
  maskValue: (value: unknown) => MaskedValue;
}

export interface MaskerOptions {
  /** Whether to hide personal data, too: e-mail, phone and card numbers, bank accounts, IP addresses, ids of persons. Default true. */
  personal?: boolean;
}

/** Compiles the rules, which takes some milliseconds: make one and keep it. It keeps nothing of what it reads. */
export function createMasker({ personal = true }: MaskerOptions = {}): Masker {
  const scan = createScan([...secretRules(), ...(personal ? PERSONAL : [])]);
  const mask = (text: string) => hideIn(text, scan);
  return { mask, maskValue: (value) => maskValueWith(scan, value) };
}

/** Discord's own first: of two that find the same, the first names it. */
function secretRules(): Rule[] {
  const formats = PROVIDERS.flatMap(({ formats }) => formats.flatMap(formatRules));
  const named = PROVIDERS.flatMap(({ named }) => named.flatMap(namedRules));
  return [discordTokenRule, pemRule, ...formats, ...named, ...CALLED];
}

/** Known by what is said of them. */
const CALLED: readonly Rule[] = [
  authorizationRule,
  cookieRule,
  sessionRule,
  urlRule,
  userOptionRule,
  passwordOptionRule,
  sqlPasswordRule,
  kubernetesRule,
  seedPhraseRule,
  walletKeyRule,
  passwordRule,
  secretRule,
];

const PERSONAL: readonly Rule[] = [emailRule, ibanRule, ipv4Rule, ipv6Rule, numberRule];
