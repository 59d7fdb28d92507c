import type { Providers } from '../provider.ts';
import {
  ALNUM,
  BASE64,
  DIGITS,
  LOWER,
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

/** Where people and bots talk: chat, voice, text messages, notifications. */
export const chat: Providers = {
  formats: [
    // https://docs.discord.com/developers/resources/webhook#execute-webhook, on every host and version of the API
    {
      kind: 'discord-webhook',
      prefix: '/webhooks/',
      body: [between(DIGITS, 17, 20), '/', atLeast(URL64, 60)],
      keepPrefix: true,
    },
    { kind: 'discord-mfa-token', prefix: 'mfa.', body: [atLeast(URL64, 80)] },
    // "interaction:" in base64: the token of an interaction, with which anyone may answer it for a quarter of an hour
    { kind: 'discord-interaction', prefix: 'aW50ZXJhY3Rpb246', body: [atLeast('\\w=\\-', 60)] },
    {
      kind: 'slack-token',
      prefix: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxc-', 'xapp-', 'xwfp-'],
      body: [between(ALNUM, 1, 20), '-', atLeast('\\w\\-', 8)],
    },
    { kind: 'slack-token', prefix: ['xoxe.xoxb-', 'xoxe.xoxp-'], body: [atLeast('\\w\\-', 40)] },
    { kind: 'slack-token', prefix: 'xoxd-', body: [atLeast('\\w%+/=\\-', 40)] },
    { kind: 'slack-token', prefix: ['xoxa-', 'xoxr-'], body: [atLeast(ALNUM, 8)] },
    {
      kind: 'slack-webhook',
      prefix: ['hooks.slack.com/services/', 'hooks.slack.com/workflows/', 'hooks.slack.com/triggers/'],
      body: [atLeast('\\w/\\-', 24)],
      keepPrefix: true,
    },
    { kind: 'teams-webhook', prefix: '/webhookb2/', body: [atLeast('\\w@/\\-', 60)], keepPrefix: true },
    { kind: 'telegram-token', prefix: ':AA', lead: [between(DIGITS, 5, 16)], body: [between(URL64, 32, 34)] },
    {
      kind: 'matrix-token',
      prefix: ['syt_', 'mct_', 'mat_'],
      body: [between(BASE64, 4, 60), '_', atLeast('\\w', 20)],
    },
    { kind: 'mattermost-webhook', prefix: '/hooks/', body: lower(26), keepPrefix: true },
    {
      kind: 'rocketchat-webhook',
      prefix: '/hooks/',
      body: [exactly(ALNUM, 24), '/', exactly(ALNUM, 43)],
      keepPrefix: true,
    },
    {
      kind: 'google-chat-webhook',
      prefix: '/messages?key=',
      body: [between(URL64, 30, 60), '&token=', atLeast('\\w=%\\-', 20)],
      keepPrefix: true,
    },
    { kind: 'feishu-webhook', prefix: '/open-apis/bot/v2/hook/', body: UUID, keepPrefix: true },
    {
      kind: 'dingtalk-webhook',
      prefix: 'robot/send?access_token=',
      body: hex(64),
      keepPrefix: true,
    },
    { kind: 'twilio-key', prefix: twilio('SK'), body: hex(31) },
    { kind: 'twilio-account', prefix: twilio('AC'), body: [exactly('a-f0-9', 31)] },
    { kind: 'telnyx-key', prefix: 'KEY0', body: [exactly('0-9A-F', 31), '_', exactly(ALNUM, 22)] },
    { kind: 'onesignal-key', prefix: ['os_v2_app_', 'os_v2_org_'], body: [atLeast(LOWER, 90)] },
    { kind: 'courier-key', prefix: ['pk_prod_', 'pk_test_'], body: [exactly('A-Z0-9', 28)] },
    { kind: 'fcm-key', prefix: ':APA91b', lead: ['AAAA', exactly(URL64, 7)], body: [atLeast(URL64, 100)] },
    { kind: 'twitch-token', prefix: 'oauth:', body: lower(30) },
    { kind: 'guilded-token', prefix: 'gapi_', body: [atLeast('\\w+/=\\-', 60)] },
  ],
  named: [
    {
      kind: 'discord-secret',
      names: ['discord'],
      values: [url64(32), [exactly('a-z0-9=_\\-', 32)], hex(64)],
    },
    {
      kind: 'telegram-token',
      names: ['telegr'],
      values: [[between(DIGITS, 5, 16), ':A', exactly(URL64, 34)]],
    },
    { kind: 'mattermost-token', names: ['mattermost'], values: [lower(26)] },
    { kind: 'zulip-key', names: ['zulip'], values: [alnum(32)] },
    { kind: 'gitter-token', names: ['gitter'], values: [[exactly('a-zA-Z0-9_\\-', 40)]] },
    { kind: 'sendbird-token', names: ['sendbird'], values: [hex(40), UUID] },
    {
      kind: 'messagebird-token',
      names: ['messagebird', 'message_bird', 'message-bird'],
      values: [alnum(25), UUID],
    },
    { kind: 'twilio-token', names: ['twilio'], values: [hex(32)] },
    { kind: 'vonage-secret', names: ['vonage', 'nexmo'], values: [alnum(16)] },
    { kind: 'plivo-token', names: ['plivo'], values: [alnum(40)] },
    { kind: 'pusher-secret', names: ['pusher'], values: [hex(20)] },
    { kind: 'pushbullet-token', names: ['pushbullet'], values: [['o.', exactly(ALNUM, 32)]] },
    { kind: 'pushover-token', names: ['pushover'], values: [lower(30)] },
    { kind: 'intercom-token', names: ['intercom'], values: [[exactly('A-Za-z0-9=_\\-', 60)]] },
    {
      kind: 'line-token',
      names: ['line_channel', 'line_access', 'line_notify'],
      values: [[between(BASE64, 160, 180)], alnum(43), hex(32)],
    },
    { kind: 'twitch-token', names: ['twitch'], values: [lower(30)] },
    { kind: 'zoom-secret', names: ['zoom'], values: [alnum(32), alnum(36)] },
    {
      kind: 'webex-token',
      names: ['webex'],
      values: [[exactly(ALNUM, 64), '_', exactly(ALNUM, 4), '_', ...UUID]],
    },
    { kind: 'onesignal-key', names: ['onesignal'], values: [alnum(48), UUID] },
    { kind: 'stream-secret', names: ['getstream', 'stream_api'], values: [lower(64)] },
    { kind: 'clickatell-key', names: ['clickatell'], values: [url64(32)] },
  ],
};

/** Two letters before hexadecimal make no prefix of three characters: each first digit makes one. */
function twilio(letters: string): string[] {
  return [...'0123456789abcdefABCDEF'].map((digit) => letters + digit);
}
