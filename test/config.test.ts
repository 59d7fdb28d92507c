import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { ConfigError } from '../src/errors.ts';

describe('loadConfig', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'work-logs-config-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  const load = (env: Record<string, string> = {}) => loadConfig({ env, cwd });
  const write = (content: unknown, name = 'work-logs.config.json') =>
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  const complaint = (env: Record<string, string> = {}): string => {
    try {
      load(env);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as ConfigError).message;
    }
    throw new Error('The configuration was accepted.');
  };

  test('opens a door for agents where a port is set, to this machine alone unless told otherwise', () => {
    expect(load().agentApi).toBeNull();
    expect(load({ AGENT_API_PORT: '8787' }).agentApi).toEqual({
      host: '127.0.0.1',
      port: 8787,
      allowedHosts: [],
    });
    const open = {
      AGENT_API_PORT: '0',
      AGENT_API_HOST: '0.0.0.0',
      AGENT_API_ALLOWED_HOSTS: 'Bot.lan, other',
    };
    expect(load(open).agentApi).toEqual({ host: '0.0.0.0', port: 0, allowedHosts: ['bot.lan', 'other'] });
    for (const port of ['http', '70000', '-1', '1.5'])
      expect(complaint({ AGENT_API_PORT: port })).toContain('AGENT_API_PORT must be a port');
  });

  test('needs nothing: every setting has a default', () => {
    const config = load();
    expect(config).toMatchObject({
      discord: { token: undefined, apiUrl: 'https://discord.com/api', guildId: undefined },
      dbPath: join(cwd, 'data/work-logs.db'),
      dbIsChosen: false,
      logLevel: 'info',
      timezone: 'UTC',
      rules: [],
      retentionDays: { open: 7, project: 90, direct: 30, coordination: 90 },
      removedGuildGraceMs: 7 * 24 * 3_600_000,
      backupDays: null,
      recording: {
        idle: { open: 900_000, direct: 1_800_000, project: 7_200_000, coordination: 43_200_000 },
        policy: { levels: null, categories: null, confidenceThreshold: 0.7 },
      },
    });
    expect(config.workLogs).toMatchObject({
      enabled: true,
      defaultMode: 'summary',
      confidenceThreshold: 0.7,
      workspaceDefaults: {
        open: { logBotConversations: false, logCoordination: false },
        project: { logBotConversations: true, logCoordination: true },
        direct: { logBotConversations: true, logCoordination: false },
        coordination: {
          logBotConversations: true,
          logCoordination: true,
          escalationAlerts: true,
        },
      },
      learningExchange: { minConfidence: 0.85, autoApprove: false },
      privacy: { maskSecrets: true, workspaceIsolation: true, userOnlyAccess: true },
    });
  });

  test('reads .env, lets real variables win, and takes an empty variable as not set', () => {
    writeFileSync(join(cwd, '.env'), 'LOG_LEVEL=debug\nWORK_LOGS_DB=here.db\nDISCORD_TOKEN=\n');
    const config = load({ LOG_LEVEL: 'warn', DISCORD_GUILD_ID: '' });
    expect(config.logLevel).toBe('warn');
    expect(config.dbPath).toBe(join(cwd, 'here.db'));
    expect(config.dbIsChosen).toBe(true);
    expect(config.discord).toMatchObject({ token: undefined, guildId: undefined });
  });

  test.each([
    ['http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api'],
    ['http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api'],
    ['https://discord.com/api/v10', 'https://discord.com/api'],
  ])('takes %s as the API at %s', (given, expected) => {
    expect(load({ DISCORD_API_URL: given }).discord.apiUrl).toBe(expected);
  });

  test.each(['Bot s3cret', 's3cret “quoted”', 's3cret…'])(
    'takes no token that Discord cannot have given: %s',
    (token) => {
      expect(complaint({ DISCORD_TOKEN: token })).toMatch(/DISCORD_TOKEN must be the bot token alone/);
    },
  );

  test('names every bad variable at once and repeats no value', () => {
    const text = complaint({
      DISCORD_TOKEN: 'Bot s3cret',
      DISCORD_API_URL: 'ftp://hidden.example',
      DISCORD_GUILD_ID: 'myserver',
      LOG_LEVEL: 'loud',
    });
    for (const name of ['DISCORD_TOKEN', 'DISCORD_API_URL', 'DISCORD_GUILD_ID', 'LOG_LEVEL'])
      expect(text).toContain(`- ${name} must be`);
    for (const value of ['s3cret', 'hidden', 'myserver', 'loud']) expect(text).not.toContain(value);
  });

  test('reads rules, idle times and settings from the file that is named', () => {
    write(
      {
        work_logs: { privacy: { user_only_access: false } },
        timezone: 'Europe/Lisbon',
        sessions: { idle_minutes: { open: 1 } },
        workspaces: [
          {
            match: 'project-*',
            type: 'project',
            coordinator: '@nanobot',
            owners: ['role:10990000000000001', 'everyone'],
          },
        ],
      },
      'mine.json',
    );
    const config = load({ WORK_LOGS_CONFIG: 'mine.json' });
    expect(config.workLogs.privacy).toEqual({
      maskSecrets: true,
      workspaceIsolation: true,
      userOnlyAccess: false,
    });
    expect(config.timezone).toBe('Europe/Lisbon');
    expect(config.recording.idle).toMatchObject({ open: 60_000, direct: 1_800_000 });
    expect(config.rules).toEqual([
      {
        match: 'project-*',
        type: 'project',
        coordinator: 'nanobot',
        owners: ['role:10990000000000001', 'everyone'],
      },
    ]);
  });

  test('says when people are told of escalations', () => {
    expect(load().escalations).toEqual({
      alerts: { open: false, project: true, direct: false, coordination: true },
      timezone: 'UTC',
      quietHours: null,
      maxPingsPerHour: 10,
      remindAfter: [15 * 60_000, 60 * 60_000, 240 * 60_000],
      remindEvery: 24 * 60 * 60_000,
      reopenAfter: 240 * 60_000,
    });
    write({
      work_logs: {
        workspace_defaults: { open: { escalation_alerts: true }, project: { escalation_alerts: false } },
      },
      timezone: 'Europe/Lisbon',
      escalations: {
        max_pings_per_hour: 3,
        reopen_after_minutes: 30,
        remind_after_minutes: [5],
        quiet_hours: { from: '22:30', to: '07:00' },
      },
      workspaces: [
        {
          match: 'a',
          type: 'project',
          escalation_channel: '10990000000000001',
          second_owner: 'user:10990000000000002',
        },
      ],
    });
    const config = load();
    expect(config.escalations).toMatchObject({
      alerts: { open: true, project: false, direct: false, coordination: true },
      timezone: 'Europe/Lisbon',
      quietHours: { fromMinute: 22 * 60 + 30, toMinute: 7 * 60 },
      maxPingsPerHour: 3,
      remindAfter: [5 * 60_000],
      reopenAfter: 30 * 60_000,
    });
    expect(config.rules[0]?.settings).toEqual({
      escalationChannelId: '10990000000000001',
      secondOwner: 'user:10990000000000002',
    });
    write({ work_logs: { silent: true } });
    expect(Object.values(load().escalations.alerts)).toEqual([false, false, false, false]);
  });

  test('says that a file which was named is not there', () => {
    expect(complaint({ WORK_LOGS_CONFIG: 'gone.json' })).toMatch(
      /gone\.json does not exist.*WORK_LOGS_CONFIG/,
    );
  });

  test('says that what was named is a directory', () => {
    expect(complaint({ WORK_LOGS_CONFIG: '.' })).toContain('is a directory');
  });

  test.each([
    ['{\n  "timezone": "UTC",\n}', 3, 1],
    ['{\n  "workspaces": [{ "type": open }]\n}', 2, 28],
    ['{ "timezone": "UTC"', 1, 20],
    ['', 1, 1],
    ["{ 'timezone': 1 }", 1, 3],
  ])('says where %j stops being JSON', (text, line, column) => {
    write(text);
    expect(complaint()).toContain(`is not JSON: line ${line}, column ${column}: `);
  });

  test('accepts a file with a byte order mark', () => {
    write('\uFEFF{ "timezone": "Europe/Lisbon" }');
    expect(load().timezone).toBe('Europe/Lisbon');
  });

  test.each([
    [
      { work_logs: { privacy: { user_only_acess: true } } },
      'work_logs.privacy.user_only_acess: unknown key (known here: mask_secrets, workspace_isolation, user_only_access)',
    ],
    [
      { extra: 1 },
      'extra: unknown key (known here: work_logs, workspaces, timezone, sampling, escalations, summary, exchange, artifacts, privacy, backups, catch_up, sessions)',
    ],
    [
      { workspaces: [{ match: 'a', type: 'project', owner: 'x' }] },
      'workspaces[0].owner: unknown key (known here: match, type, coordinator, owners, escalation_channel, second_owner, retention_days, hold, summary_at, summary_channel)',
    ],
    [
      { workspaces: [{ match: 'a', type: 'project', second_owner: 'everyone' }] },
      'workspaces[0].second_owner: must be "role:<id>" or "user:<id>"',
    ],
    [
      { escalations: { quiet_hours: { from: '22:00', to: '7:00' } } },
      'escalations.quiet_hours.to: must be a time of day such as "22:00"',
    ],
    [
      { escalations: { quiet_hours: { from: '22:00', to: '22:00' } } },
      'escalations.quiet_hours: must begin and end at different times',
    ],
    [
      { escalations: { remind_after_minutes: [15, 10] } },
      'escalations.remind_after_minutes: must grow from one to the next',
    ],
    [{ escalations: { max_pings_per_hour: 0 } }, 'escalations.max_pings_per_hour: Too small'],
    [{ work_logs: { retention_days: '30' } }, 'work_logs.retention_days: expected number, received string'],
    [{ work_logs: { retention_days: -1 } }, 'work_logs.retention_days: Too small: expected number to be >=0'],
    [{ work_logs: { confidence_threshold: 70 } }, 'work_logs.confidence_threshold: Too big'],
    [{ work_logs: { log_levels: ['loud'] } }, 'work_logs.log_levels[0]: expected one of "info", "thinking"'],
    [{ work_logs: { storage: 'json' } }, 'work_logs.storage: expected one of "sqlite", "memory", "file"'],
    [{ timezone: 'Lisbon' }, 'timezone: must be a time zone of the IANA list'],
    [{ timezone: '+01:00' }, 'timezone: must be a time zone of the IANA list'],
    [{ sessions: { idle_minutes: { open: 0 } } }, 'sessions.idle_minutes.open: Too small'],
    [{ workspaces: [{ match: 'a' }] }, 'workspaces[0].type: expected one of "open", "project"'],
    [{ workspaces: [{ match: '', type: 'open' }] }, 'workspaces[0].match: Too small'],
    [
      { workspaces: [{ match: 'a', type: 'open', owners: ['me'] }] },
      'workspaces[0].owners[0]: must be "everyone", "role:<id>" or "user:<id>"',
    ],
    [{ workspaces: {} }, 'workspaces: expected array, received object'],
    [[], 'the file: expected object, received array'],
  ])('refuses %j', (content, fault) => {
    write(content);
    expect(complaint()).toContain(`  - ${fault}`);
  });

  test('names all faults of a file at once', () => {
    write({ timezone: 'x', work_logs: { enabled: 1 }, extra: true });
    expect(complaint().match(/^ {2}- /gm)).toHaveLength(3);
  });

  test.each([
    ['project-*', 'Project-*'],
    ['general', 'general'],
    ['project-*', 'project-site'],
    ['Project-Site', 'project-*'],
  ])('refuses the two rules %j and %j, which claim one channel', (a, b) => {
    write({
      workspaces: [
        { match: a, type: 'open' },
        { match: b, type: 'project' },
      ],
    });
    expect(complaint()).toContain(
      `workspaces[0] ("${a}") and workspaces[1] ("${b}") are two rules for one channel`,
    );
  });

  test('lets two globs overlap', () => {
    write({
      workspaces: [
        { match: 'project-*', type: 'open' },
        { match: '*-site', type: 'project' },
      ],
    });
    expect(load().rules).toHaveLength(2);
  });
});
