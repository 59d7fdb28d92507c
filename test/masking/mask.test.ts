import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/masking/providers/index.ts';
import { createMasker } from '../../src/masking/mask.ts';
import { ALNUM, exactly, hex, URL64, UUID } from '../../src/masking/shape.ts';
import { masked, masker, secretOf, secretsOf } from './support.ts';

const GITHUB = secretOf(['ghp_', exactly(ALNUM, 36)]);
const DISCORD = secretOf(['MTk4', exactly(URL64, 20), '.', exactly(URL64, 6), '.', exactly(URL64, 27)]);
const WEBHOOK = secretOf([exactly(URL64, 68)]);
const RANDOM = secretOf(hex(32));

describe('mask', () => {
  it.each([
    [`my token is ${DISCORD}, hide it`, 'my token is [masked:discord-token], hide it'],
    [`client.login('${DISCORD}')`, "client.login('[masked:discord-token]')"],
    [
      `https://discord.com/api/webhooks/123456789012345678/${WEBHOOK}`,
      'https://discord.com/api/webhooks/[masked:discord-webhook]',
    ],
    [
      `https://canary.discord.com/api/v10/webhooks/123456789012345678/${WEBHOOK}?wait=true`,
      'https://canary.discord.com/api/v10/webhooks/[masked:discord-webhook]?wait=true',
    ],
    [
      `https://ptb.discordapp.com/api/webhooks/1234567890123456789/${WEBHOOK}/slack`,
      'https://ptb.discordapp.com/api/webhooks/[masked:discord-webhook]/slack',
    ],
    [`mfa.${WEBHOOK}${WEBHOOK}`, '[masked:discord-mfa-token]'],
    [`GITHUB_TOKEN=${GITHUB}`, 'GITHUB_TOKEN=[masked:github-token]'],
    [`https://${GITHUB}@github.com/a/b`, 'https://[masked:github-token]@github.com/a/b'],
  ])('hides %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    ['the shop’s api key V9 works', 'the shop’s api key [masked:key] works'],
    ['use our token V9, please', 'use our token [masked:token], please'],
    ['secret `V9`', 'secret `[masked:secret]`'],
  ])('hides what people call a secret in %j', (text, expected) => {
    const value = secretOf([exactly(ALNUM, 30), 'aB3']);
    expect(masked(text.replace('V9', value))).toBe(expected);
  });

  it.each([
    'the key insight-driven-architecture-2024 talk',
    'secret HelloWorldFromOurTeamInLisbon2024',
    `token ${RANDOM}`,
    'key 3f2a9c41d07b5e8812c6fa90b4d3e75518a0c6d2',
    'token 4d9f2c70-51ab-4e36-8b0d-92c7e5a1f384',
    'the secret MyVeryLongClassName.someMethodName is called',
  ])('lets %j be', (text) => expect(masked(text)).toBe(text));

  it('counts what it hides', () => {
    expect(masker.mask(`${GITHUB} and ${GITHUB}, mail me at ana@example.com`).masked).toBe(3);
    expect(masker.mask('nothing to hide')).toEqual({ text: 'nothing to hide', masked: 0 });
  });

  it('leaves personal data alone when told so', () => {
    const secretsOnly = createMasker({ personal: false });
    expect(secretsOnly.mask(`ana@example.com ${GITHUB}`).text).toBe('ana@example.com [masked:github-token]');
  });

  it('names a secret by its format rather than by what it is called', () => {
    expect(masked(`password: "${GITHUB}"`)).toBe('password: "[masked:github-token]"');
  });

  it('finds a secret that is cut up by characters nobody sees, and keeps those elsewhere', () => {
    const cut = [...GITHUB].join('\u200B');
    expect(masked(`a\u200Db ${cut} c\u00ADd`)).toBe('a\u200Db [masked:github-token] c\u00ADd');
  });

  it('finds a secret wherever it stands in a long text', () => {
    for (let before = 4000; before < 4200; before += 1) {
      const text = `${'lorem '.repeat(before / 6)}${' '.repeat(before % 6)}`;
      expect(masked(`${text}${GITHUB} ${'ipsum '.repeat(2000)}`)).not.toContain(GITHUB);
    }
  });

  it('hides a private key with its frame, also where its end is cut off', () => {
    const body = `${secretOf([exactly(ALNUM, 64)])}\n`.repeat(3);
    const [begin, end] = [`-----BEGIN RSA ${'PRIVATE'} KEY-----`, '-----END RSA PRIVATE KEY-----'];
    expect(masked(`key:\n${begin}\n${body}${end}\nthanks`)).toBe('key:\n[masked:private-key]\nthanks');
    expect(masked(`key:\n${begin}\n${body}`)).toBe('key:\n[masked:private-key]');
    expect(masked(JSON.stringify({ k: `${begin}\n${body}${end}\n` }))).toBe(
      '{"k":"[masked:private-key]\\n"}',
    );
    expect(masked('It starts with -----BEGIN RSA PRIVATE KEY-----.')).toContain('BEGIN');
  });

  it('does not take a marker for a hiding place', () => {
    expect(masked(`[masked:${GITHUB}]`)).not.toContain(GITHUB);
    expect(masked('[masked:discord-token], token: [masked:github-token]')).toBe(
      '[masked:discord-token], token: [masked:github-token]',
    );
  });
});

describe('masking twice', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      'password',
      'token',
      'key',
      'secret',
      'Authorization',
      'phone',
      'card',
      'Bearer',
      'curl -u ',
    ),
    fc.constantFrom(
      ' ',
      ': ',
      '=',
      '"',
      "'",
      ', ',
      '\n',
      '@',
      '://',
      '-',
      '.',
      '|',
      '[',
      ']',
      '(',
      '[masked:token]',
    ),
    fc.constantFrom(
      '[masked:',
      '\u200B',
      '+1 ',
      '0491 57 01 56',
      '4111 1111 1111 1111',
      'ana@example.com',
      'DE89',
    ),
    secretsOf(['ghp_', exactly(ALNUM, 36)]),
    secretsOf(hex(32)),
    secretsOf(UUID),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  it('changes nothing more', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const once = masked(parts.join(''));
        expect(masked(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('never makes a text much longer', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        expect(masked(text).length).toBeLessThanOrEqual(text.length * 10);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a secret in random prose', () => {
  const formats = PROVIDERS.flatMap(({ formats }) => formats.filter(({ lead }) => lead === undefined));
  const secrets = fc
    .constantFrom(...formats.map(({ prefix, body }) => [[prefix].flat()[0]!, ...body]))
    .chain((shape) => secretsOf(shape));
  const prose = fc.array(
    fc.oneof(fc.lorem({ maxCount: 3 }), fc.constantFrom('🚀', '—', '`', '\n', '**', '> ')),
    {
      maxLength: 8,
    },
  );

  it('is gone', () => {
    fc.assert(
      fc.property(prose, secrets, prose, (before, secret, after) => {
        expect(masked(`${before.join(' ')} ${secret} ${after.join(' ')}`)).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a secret that begins like joined words', () => {
  it.each([
    'xoxd-psfb-cyp%XRk++5TGSptMH5EOZiEIt9SdzQ6WcjppW',
    'rw_Fe26.2**km.s*RGCx5etD2b4nFPW6cJH1YXYdSevos_KPvD3Oqiv',
    '$argon2id$xub_n,hkNTnE90DIlJKSu=vxn9S9trFwRPjE4P.KYTzwHP',
  ])('is gone: %s', (secret) => {
    expect(masked(`it is ${secret} now`)).not.toContain(secret);
  });
});

describe('a setting with a random value', () => {
  it.each([
    `API_KEY=${RANDOM}`,
    `api_key: "${RANDOM}"`,
    `"clientSecret": "${RANDOM}",`,
    `{\\"access_token\\": \\"${RANDOM}\\"}`,
    `const token: string = '${RANDOM}';`,
    `X-Api-Key: ${RANDOM}`,
    `Authorization: Bearer ${RANDOM}`,
    `Authorization: Basic ${RANDOM}==`,
    `curl -H "Authorization: token ${RANDOM}" https://example.org`,
    `https://example.org/hook?token=${RANDOM}&page=2`,
    `https://account.blob.core.windows.net/a?sv=2024&sig=${RANDOM}%3D`,
    `Endpoint=sb://a.example.net/;SharedAccessKeyName=Root;SharedAccessKey=${RANDOM}=`,
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${RANDOM}==`,
    `<apiKey>\n    ${RANDOM}\n</apiKey>`,
    `| API key | ${RANDOM} |`,
    `**Token:** \`${RANDOM}\``,
    `The API key is ${RANDOM}.`,
    `run --token ${RANDOM} now`,
    `- name: GITHUB_TOKEN\n  value: ${RANDOM}`,
    `Set-Cookie: sid=${RANDOM}; Path=/`,
    `PHPSESSID=${RANDOM}`,
    `apiVersion: v1\nkind: Secret\ndata:\n  anything: ${RANDOM}`,
    `wallet 0x${RANDOM}${RANDOM}`,
  ])('does not keep it: %s', (text) => {
    expect(masked(text)).not.toContain(RANDOM);
  });
});

describe('a password', () => {
  it.each([
    ['password: hunter2', 'password: [masked:password]'],
    ['my password is hunter2, ok?', 'my password is [masked:password], ok?'],
    ['Password: **Tr0ub4dor&3**', 'Password: **[masked:password]**'],
    ['password = "opensesame"', 'password = "[masked:password]"'],
    ['{"db_password":"correcthorse"}', '{"db_password":"[masked:password]"}'],
    ['PGPASSWORD=hunter22 psql', 'PGPASSWORD=[masked:password] psql'],
    ['DB_PASS=abc123xyz', 'DB_PASS=[masked:password]'],
    ['login: bob / pass: hunter2x', 'login: bob / pass: [masked:password]'],
    [
      'Server=a;User ID=b;Password=P@ssw0rd!;Encrypt=true',
      'Server=a;User ID=b;Password=[masked:password];Encrypt=true',
    ],
    ['<password>hunter2</password>', '<password>[masked:password]</password>'],
    ['<add key="FeedPassword" value="opensesame" />', '<add key="FeedPassword" value="[masked:password]" />'],
    ['machine a.org login b password abc123def', 'machine a.org login b password [masked:password]'],
    ['mysql -u root -phunter2 db', 'mysql -u root -p[masked:password] db'],
    ["sshpass -p 'hunter2' ssh a", "sshpass -p '[masked:password]' ssh a"],
    ['curl -u bob:hunter2 https://a.org', 'curl -u bob:[masked:password] https://a.org'],
    ["CREATE USER a IDENTIFIED BY 'hunter2'", "CREATE USER a IDENTIFIED BY '[masked:password]'"],
    ['postgres://u:p4ss@host/db', 'postgres://u:[masked:url-credentials]@host/db'],
    ['https://user:p@ss@host.org/x', 'https://user:[masked:url-credentials]@host.org/x'],
    ['redis://:p4ssword@host:6379', 'redis://:[masked:url-credentials]@host:6379'],
    ['Passwort ist geheim123', 'Passwort ist [masked:password]'],
    ['contraseña: hola1234', 'contraseña: [masked:password]'],
    ['Пароль: hunter2', 'Пароль: [masked:password]'],
    ['密码：hunter2', '密码：[masked:password]'],
    [`seed phrase: ${'apple river '.repeat(6)}`, 'seed phrase: [masked:seed-phrase] '],
  ])('is hidden in %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });
});
