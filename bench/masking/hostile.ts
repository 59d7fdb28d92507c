import { seededRandom } from '../shared/text.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL64 = `${BASE64.slice(0, 62)}-_`;
const HEX = '0123456789abcdef';

/** Texts of `size` characters that are made to keep a search for secrets busy, each with what it is made of. */
export function hostileTexts(size: number): { name: string; text: string }[] {
  const random = seededRandom(1);
  const fill = (alphabet: string, length = size) =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('');
  const repeated = Object.values(REPEATED)
    .flat()
    .map((part) => ({ name: `${JSON.stringify(part)}…`, text: repeat(part, size) }));
  return [
    ...repeated,
    { name: 'random base64', text: fill(BASE64) },
    { name: 'random base64url', text: fill(URL64) },
    { name: 'random hexadecimal', text: fill(HEX) },
    { name: 'random digits', text: fill('0123456789') },
    { name: 'random punctuation', text: fill('"\'`:=,;.|(){}[]<>@/\\- \n') },
    {
      name: 'a private key without an end',
      text: `-----BEGIN PRIVATE KEY-----\n${fill(BASE64)}`.slice(0, size),
    },
    { name: 'a local part without an end', text: `${'a'.repeat(size - 6)}@b.com` },
    { name: 'words of a seed phrase', text: repeat('seed phrase: abcd efgh ', size) },
    { name: 'quoted secrets', text: repeat(`secret="${fill(URL64, 30)}" `, size) },
    { name: 'bare secrets', text: repeat(`ghp_${fill(BASE64.slice(0, 62), 36)} `, size) },
    { name: 'almost keys of a wallet', text: repeat(`0x${fill(HEX, 63)} `, size) },
    {
      name: 'a manifest',
      text: `kind: Secret\n${repeat('data:\n  name: bbbbbbbbbbbb\n', size)}`.slice(0, size),
    },
    { name: 'a long cookie', text: `cookie: ${repeat('a=b; ', size)}`.slice(0, size) },
  ];
}

const REPEATED: Record<string, readonly string[]> = {
  names: ['password ', 'password is ', 'token key secret auth ', 'key', 'datadog linear github sentry '],
  assignments: [
    'password=',
    'token====',
    'key=>',
    'token, ',
    'token value=',
    'pw=pwd:pass=',
    'datadog=',
    'a=b&',
  ],
  gaps: [
    'token\t\t\t\t\t\t\t',
    `token${' '.repeat(40)}`,
    'password: |\n  ',
    '<token>\n',
    'authorization: bearer ',
  ],
  quotes: ['"', '\'"`', '{"password":{"a":"', '\\"token\\":\\"', 'token="', '[masked:', '[masked:token]'],
  addresses: [
    'https://a:b',
    '://',
    'http://user:pass',
    'a@',
    'a@b:',
    'a.b.c@d.e',
    'jo@example.com ',
    'curl -u a:b ',
  ],
  single: [' ', '\n', 'A', '=', ':', '.', '_', '-', 'é', '😀', '\u200B'],
  numbers: [
    '12 34 56 ',
    '123-456-',
    '4111 ',
    '+1 212 55 ',
    '(12) 34 ',
    '1.2.3.4 ',
    '123.123.123.123 ',
    'GB82 WEST ',
  ],
  colons: ['ab:', '1:2:3:4:5:', '123456:AA', '123456789012345|'],
  prefixes: [
    'sk-',
    'ghp_',
    'glpat-',
    'xoxb-1-',
    'SG.',
    'eyJ',
    '-eyJ',
    'eyJaaaaaaaaaa.',
    'AKIA',
    '.atlasv1.',
    '0x',
    '$6$',
  ],
  discord: ['MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.', '/webhooks/12345678901234567/', '.abcdef'],
  blocks: [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nMIIE',
    'cookie: a=b',
    'data:\n  a: b\n',
  ],
  unseen: ['t\u200Bo\u200Bk\u200Be\u200Bn\u200B=\u200B'],
};

function repeat(part: string, size: number): string {
  return part.repeat(Math.ceil(size / part.length)).slice(0, size);
}
