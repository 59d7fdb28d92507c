import type { Providers } from '../provider.ts';
import {
  ALNUM,
  BASE64,
  HEX,
  LOWER,
  UPPER,
  URL64,
  UUID,
  atLeast,
  between,
  exactly,
  hex,
  alnum,
  lower,
  url64,
} from '../shape.ts';

/** Who people and machines are: sign-on, vaults of secrets, private networks, keys of cryptography. */
export const identity: Providers = {
  formats: [
    // RFC 7519: the first two parts are JSON objects, so both start with `{"` in base64url; the third may be missing.
    { kind: 'jwt', prefix: ['eyJ', 'eyA'], body: [between(URL64, 10, 600), '.ey', atLeast('\\w.\\-', 10)] },
    // RFC 7516: encrypted ones, whose second part is a key.
    {
      kind: 'jwt',
      prefix: ['eyJhbGciOi', 'eyJlbmMiOi', 'eyJ0eXAiOi', 'eyJraWQiOi'],
      body: [between(URL64, 8, 600), '.', between(URL64, 0, 1000), '.', atLeast('\\w.\\-', 16)],
    },
    // The same, encoded as a whole once more.
    { kind: 'jwt', prefix: 'ZXlK', body: [atLeast('A-Za-z0-9+/=_\\-', 60)] },
    { kind: 'vault-token', prefix: ['hvs.', 'hvb.', 'hvr.'], body: [atLeast(URL64, 24)] },
    { kind: '1password-token', prefix: 'ops_eyJ', body: [atLeast('\\w+/=\\-', 60)] },
    {
      kind: '1password-secret-key',
      prefix: 'A3-',
      body: [exactly(UPPER, 6), '-', exactly(UPPER, 6), '-', ...groups(4)],
    },
    {
      kind: '1password-secret-key',
      prefix: 'A3-',
      body: [exactly(UPPER, 6), '-', exactly(UPPER, 11), '-', ...groups(3)],
    },
    { kind: 'dashlane-key', prefix: 'dls_', body: [exactly(UPPER, 24), '_', atLeast(ALNUM, 40)] },
    {
      kind: 'infisical-token',
      prefix: 'st.',
      body: [exactly(HEX, 24), '.', exactly(HEX, 32), '.', exactly(HEX, 32)],
    },
    { kind: 'infisical-token', prefix: 'st.', body: [...UUID, '.', exactly(HEX, 32), '.', exactly(HEX, 32)] },
    { kind: 'age-secret-key', prefix: 'AGE-SECRET-KEY-1', body: [atLeast(UPPER, 50)] },
    { kind: 'authress-key', prefix: ['sc_', 'ext_', 'scauth_', 'authress_'], body: authress() },
    { kind: 'clerk-key', prefix: ['sk_test_', 'sk_live_'], body: [atLeast('\\w', 40)] },
    { kind: 'stytch-secret', prefix: ['secret-live-', 'secret-test-'], body: [atLeast('\\w=\\-', 30)] },
    { kind: 'jumpcloud-key', prefix: 'jca_', body: [atLeast(ALNUM, 36)] },
    {
      kind: 'tailscale-key',
      prefix: 'tskey-',
      body: [between('a-z', 3, 20), '-', between(ALNUM, 8, 32), '-', atLeast(ALNUM, 16)],
    },
    { kind: 'tailscale-key', prefix: 'tskey-', body: hex(24) },
    {
      kind: 'defined-networking-key',
      prefix: 'dnkey-',
      body: [exactly('\\w=\\-', 26), '-', atLeast('\\w=\\-', 52)],
    },
    { kind: 'netbird-key', prefix: 'nbp_', body: alnum(36) },
    { kind: 'ngrok-key', prefix: ['ngrok-api-', 'cr_'], body: alnum(43) },
    { kind: 'salesforce-session', prefix: '00D', body: [between(ALNUM, 12, 15), '!', atLeast('\\w.', 80)] },
    {
      kind: 'wallet-key',
      prefix: ['xprv', 'yprv', 'zprv', 'tprv'],
      body: [exactly('1-9A-HJ-NP-Za-km-z', 107)],
    },
    {
      kind: 'private-key',
      prefix: [
        'MIIEvQIBADAN',
        'MIIEvgIBADAN',
        'MIIEvAIBADAN',
        'MIIEowIBAAKC',
        'MIIEpAIBAAKC',
        'MIIEpQIBAAKC',
        'MIIJQgIBADAN',
        'MIIJKQIBAAKC',
        'MIIJKgIBAAKC',
      ],
      body: [atLeast(BASE64, 40)],
    },
    { kind: 'private-key', prefix: 'b3BlbnNzaC1rZXktdjEA', body: [atLeast(BASE64, 40)] },
    { kind: 'nostr-key', prefix: 'nsec1', body: lower(58) },
  ],
  named: [
    {
      kind: 'vault-token',
      names: ['vault'],
      values: [
        ['s.', exactly(ALNUM, 24)],
        ['b.', between(URL64, 90, 200)],
      ],
    },
    { kind: 'okta-token', names: ['okta'], values: [['00', exactly('\\w=\\-', 40)]] },
    { kind: 'auth0-secret', names: ['auth0'], values: [url64(64)] },
    { kind: 'onelogin-secret', names: ['onelogin'], values: [hex(64)] },
    { kind: 'duo-secret', names: ['duo_', 'duosecurity'], values: [alnum(40)] },
    { kind: 'keycloak-secret', names: ['keycloak'], values: [UUID, alnum(32)] },
    { kind: 'zerotier-token', names: ['zerotier', 'zt_token'], values: [alnum(32)] },
    {
      kind: 'wireguard-key',
      names: ['privatekey', 'presharedkey', 'wireguard'],
      values: [[exactly('A-Za-z0-9+/', 43), '=']],
    },
    { kind: 'virustotal-key', names: ['virustotal', 'vt_api'], values: [hex(64)] },
    { kind: 'shodan-key', names: ['shodan'], values: [alnum(32)] },
    { kind: 'censys-secret', names: ['censys'], values: [UUID, alnum(32)] },
    { kind: 'meraki-key', names: ['meraki'], values: [[exactly('0-9a-f', 40)]] },
    { kind: 'wakatime-key', names: ['wakatime'], values: [['waka_', ...UUID], UUID] },
    {
      kind: 'hcaptcha-secret',
      names: ['hcaptcha', 'turnstile'],
      values: [
        ['0x', exactly(HEX, 40)],
        ['ES_', exactly(HEX, 32)],
        ['0x4', between(URL64, 28, 36)],
      ],
    },
    { kind: 'recaptcha-secret', names: ['recaptcha'], values: [['6L', exactly(URL64, 38)]] },
    { kind: 'steam-key', names: ['steam'], values: [hex(32)] },
    { kind: 'riot-key', names: ['riot'], values: [['RGAPI-', ...UUID]] },
    {
      kind: 'totp-secret',
      names: ['totp', 'otpauth', '2fa_secret', 'mfa_secret'],
      values: [[between('A-Z2-7', 16, 64)]],
    },
  ],
};

function groups(count: number): (ReturnType<typeof exactly> | string)[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? [] : ['-'])).flatMap((dash) => [
    ...dash,
    exactly(UPPER, 5),
  ]);
}

function authress(): (ReturnType<typeof exactly> | string)[] {
  return [
    between(LOWER, 5, 30),
    '.',
    between(LOWER, 4, 6),
    '.acc',
    exactly('_\\-', 1),
    between('a-z0-9\\-', 10, 32),
    '.',
    atLeast('\\w+/=\\-', 30),
  ];
}
