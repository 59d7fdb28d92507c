import { describe, expect, it } from 'vitest';
import { masker } from './support.ts';

const SHA = '3f2a9c41d07b5e8812c6fa90b4d3e75518a0c6d2';
const MD5 = '7c1e94b0a3d852f6e0b97d41c8a2f365';
const UUID = '4d9f2c70-51ab-4e36-8b0d-92c7e5a1f384';

const SURVIVORS: Record<string, readonly string[]> = {
  'marks of Discord': [
    '<@71234567890123456> <@!71234567890123456> <@&181234567890123456> <#191234567890123456>',
    '<a:spin:392000000000000101> <:thumb:216000000000000102> </explain:816000000000000103>',
    '<t:1767225600:R> <t:1767225600>',
    '"id": "1098765432100000001", "guild_id": "298765432100000002"',
    'https://discord.com/channels/298765432100000002/1098765432100000001/1098765432100000003',
    `https://cdn.discordapp.com/avatars/71234567890123456/a_${MD5}.png?size=128`,
  ],
  'hashes and ids': [
    `commit ${SHA}`,
    `git diff ${SHA}..b7c8d9e -- src/a.ts`,
    `sha256:${SHA}${SHA.slice(16)}`,
    `"avatar": "${MD5}"`,
    `sessionID: "${UUID}",`,
    `/tmp/run-${UUID}.json`,
    `key: ${UUID}`,
    `tx 0x${SHA}${SHA.slice(16)}`,
    'order #W1234567, item 7654321098',
    '"integrity": "sha512-Qm3/kT8vZ0pYc+1uLrWx5JdNbS7aHe2gFoKi9CtVyPqEjUXw4MzR6BnAslDhGfO3Ie8Tv5Yk0cZpW1xLrJmNbQ=="',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGNk',
  ],
  'times and versions': [
    '2026-03-04T05:06:07.8901234Z done',
    '12:30:45.123',
    '2026-03-04 12:34:56.123456+11:00',
    '20260304T050607 1700000000000',
    'v1.2.3-rc.4',
    'Chrome/141.0.7390.123',
    'example.org/x/tool v0.0.0-20260304050607-3f2a9c41d07b',
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
    '--- PASS: TestParsesSteps2 (0.00s)',
    '0x7ffd4c2b91a0',
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
    '- Reworked password hashing\n- b7c8d9e0 09:15',
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
    '$2,345,000.50',
    '4,321.98 +2.10 (+0.05%)',
    '101.25 103.40 99.87',
    '| 12.34 | 56.78 | 9,876,543 |',
    '10 100 1000 10000',
    '1920 1080 60',
    '12 34 56 78 90',
    '05 04 33 21',
  ],
  prose: [
    '12 Station Road, Springfield 90210',
    'Dr. Ada Example turned 61 on Friday',
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
