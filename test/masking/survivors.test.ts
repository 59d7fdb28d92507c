import { describe, expect, it } from 'vitest';
import { masker } from './support.ts';

const SHA = '0bfdeb4f19978b8a86a474628de96261d018a780';
const MD5 = 'd915ea225a201adf5b0b4a494a53f1c8';
const UUID = '8f76b0e8-b8f1-4a87-9186-848bdd83d62e';

const SURVIVORS: Record<string, readonly string[]> = {
  'marks of Discord': [
    '<@80351110224678912> <@!80351110224678912> <@&165511591545143296> <#103735883630395392>',
    '<a:b1nzy:392938283556143104> <:mmLol:216154654256398347> </airhorn:816437322781949972>',
    '<t:1618953630:R> <t:1618953630>',
    '"id": "1012345678900020080", "guild_id": "290926798999357250"',
    'https://discord.com/channels/290926798999357250/1012345678900020080/1234567891233211234',
    `https://cdn.discordapp.com/avatars/80351110224678912/a_${MD5}.png?size=128`,
  ],
  'hashes and ids': [
    `commit ${SHA}`,
    `git diff ${SHA}..c26c21b -- src/a.ts`,
    `sha256:${SHA}${SHA.slice(16)}`,
    `"avatar": "${MD5}"`,
    `sessionID: "${UUID}",`,
    `/tmp/run-${UUID}.json`,
    `key: ${UUID}`,
    `tx 0x${SHA}${SHA.slice(16)}`,
    'order #W6247578, item 7958300294',
    '"integrity": "sha512-/IXtbwEk5HTPyEwyKX6hGkYXxM9nbj64B+ilVJnC/R6B0pH5G4V3b0pVbL7DBj4tkhBAppbQUlf6F6Xl9LHu1g=="',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8',
  ],
  'times and versions': [
    '2026-02-09T07:16:28.9420752Z done',
    '12:30:45.123',
    '2025-12-31 12:28:00.123456+11:00',
    '20260209T071628 1700000000000',
    'v1.2.3-rc.4',
    'Chrome/120.0.6099.109',
    'golang.org/x/sys v0.0.0-20190624142023-c5567b49c5d0',
    'lodash@4.17.21 @types/node@24.0.0',
  ],
  code: [
    'const token = getToken();',
    'if (password !== expected) throw new Error("password does not match");',
    'password: string;',
    'type: "password", name: "password"',
    'passwordField.value = input.password',
    'const { password, token } = options',
    'os.environ["API_KEY"] or process.env.DISCORD_TOKEN',
    'std::vector<int> a::b',
    '--- PASS: TestTruncateAtUUID2 (0.00s)',
    '0x5592856436b8',
  ],
  'places for secrets': [
    'DISCORD_TOKEN=',
    'DISCORD_TOKEN=<your token>',
    'password: ${DB_PASSWORD}',
    'api_key: {{ .Values.key }}',
    'Authorization: Bearer $API_KEY',
    'token: xxxxxxxxxxxxxxxx',
    'secret: ****',
    'password: [redacted]',
  ],
  'talk of keys and tokens': [
    'max_tokens: 4096, total_tokens=128000',
    'the key insight is that tokens are cheap',
    'foreign_key = user_id, key = event.key',
    'next_page_token: CAEQAA',
    'Season pass: $120',
    'bypass=true 2x',
    '- Added password hashing\n- a3b2c4d5 10:30',
  ],
  'addresses that lead to nobody': [
    'https://example.org/a/b-c_d.html?q=1&sort=key',
    'http://localhost:8080/x?y=1',
    'git@github.com:owner/repo.git',
    'noreply@github.com me@host.local',
    'icon@2x.png',
    '192.168.1.10 127.0.0.1:5432 ::1 aa:bb:cc:dd:ee:ff',
    '/home/me/project/src/token.ts:12:5',
    'C:\\Users\\me\\secret-santa.txt',
  ],
  numbers: [
    '$1,170,000.50',
    '5,883.13 +1.50 (+0.03%)',
    '258.19 260.10 257.63',
    '| 231.46 | 233.25 | 90,152,800 |',
    '10 100 1000 10000',
    '1920 1080 60',
    '12 34 56 78 90',
    '06 02 43 23',
  ],
  prose: [
    '974 Via Roma 131, Montafia, Italy 39767',
    'Dr. Kyle Kuefer retired at the age of 72',
    '🚀 done — 3 ✓, 2 ✗',
    '日本語のテキスト',
    '',
  ],
};

describe.each(Object.entries(SURVIVORS))('%s survive', (_, texts) => {
  it.each(texts)('%s', (text) => {
    expect(masker.mask(text)).toEqual({ text, masked: 0 });
  });
});
