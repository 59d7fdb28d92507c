import type { Providers } from '../provider.ts';
import {
  ALNUM,
  HEX,
  LOWER,
  TOKEN,
  URL64,
  UUID,
  atLeast,
  between,
  exactly,
  hex,
  alnum,
  url64,
} from '../shape.ts';

/** Mail, campaigns, customers and their support. */
export const mail: Providers = {
  formats: [
    {
      kind: 'sendgrid-key',
      prefix: 'SG.',
      body: [between(URL64, 16, 32), '.', atLeast(URL64, 16)],
      anywhere: true,
    },
    { kind: 'sendgrid-key', prefix: 'SG.', body: [atLeast(TOKEN, 60)] },
    { kind: 'mailchimp-key', prefix: '-us', lead: [exactly('0-9a-f', 32)], body: [between('0-9', 1, 2)] },
    { kind: 'mailerlite-key', prefix: 'mlsn.', body: [atLeast(HEX, 60)] },
    {
      kind: 'brevo-key',
      prefix: ['xkeysib-', 'xsmtpsib-'],
      body: [exactly(HEX, 64), '-', exactly(ALNUM, 16)],
    },
    { kind: 'resend-key', prefix: 're_', body: [exactly(ALNUM, 8), '_', exactly(ALNUM, 24)] },
    {
      kind: 'hubspot-token',
      prefix: ['pat-na1-', 'pat-na2-', 'pat-eu1-', 'pat-ap1-', 'pat-na3-'],
      body: UUID,
    },
    { kind: 'klaviyo-key', prefix: 'pk_', body: [exactly('a-f0-9', 34)] },
    { kind: 'kit-key', prefix: 'kit_', body: hex(32) },
    { kind: 'intercom-token', prefix: 'dG9rO', body: [between('A-Za-z0-9+/=', 54, 80)] },
    { kind: 'zoho-token', prefix: '1000.', body: [exactly(HEX, 32), '.', exactly(HEX, 32)] },
    { kind: 'typeform-token', prefix: 'tfp_', body: [atLeast(TOKEN, 40)] },
    { kind: 'cal-key', prefix: ['cal_live_', 'cal_test_'], body: hex(32) },
    { kind: 'posthog-key', prefix: ['phx_', 'phs_', 'phr_'], body: [atLeast(URL64, 36)] },
  ],
  named: [
    {
      kind: 'mailgun-key',
      names: ['mailgun'],
      values: [
        ['key-', exactly(HEX, 32)],
        ['pubkey-', exactly(HEX, 32)],
        [exactly(LOWER, 32), '-', exactly(LOWER, 8), '-', exactly(LOWER, 8)],
      ],
    },
    {
      kind: 'mailchimp-key',
      names: ['mailchimp', 'mandrill'],
      values: [[exactly(HEX, 32), '-us', between('0-9', 1, 2)], url64(22), ['md-', exactly(URL64, 22)]],
    },
    { kind: 'mailjet-key', names: ['mailjet', 'mj_api'], values: [hex(32)] },
    { kind: 'postmark-token', names: ['postmark'], values: [UUID] },
    { kind: 'sparkpost-key', names: ['sparkpost'], values: [hex(40)] },
    { kind: 'sendgrid-key', names: ['sendgrid'], values: [['SG.', between(TOKEN, 60, 70)]] },
    { kind: 'hubspot-key', names: ['hubspot', 'hapikey'], values: [UUID] },
    { kind: 'zendesk-key', names: ['zendesk'], values: [alnum(40), hex(64)] },
    {
      kind: 'freshdesk-key',
      names: ['freshdesk', 'freshworks', 'freshservice'],
      values: [[between(ALNUM, 16, 20)]],
    },
    { kind: 'pipedrive-token', names: ['pipedrive'], values: [hex(40)] },
    {
      kind: 'activecampaign-key',
      names: ['activecampaign', 'active_campaign'],
      values: [hex(72)],
    },
    { kind: 'braze-key', names: ['braze'], values: [UUID] },
    { kind: 'beamer-key', names: ['beamer'], values: [['b_', exactly('\\w=\\-', 44)]] },
    { kind: 'clearbit-key', names: ['clearbit'], values: [['sk_', exactly(HEX, 32)]] },
    { kind: 'hunter-key', names: ['hunter_io', 'hunterio', 'hunter_api'], values: [hex(40)] },
    { kind: 'jotform-key', names: ['jotform'], values: [hex(32)] },
    { kind: 'iterable-key', names: ['iterable'], values: [hex(32)] },
    { kind: 'amplitude-key', names: ['amplitude'], values: [hex(32)] },
    { kind: 'mixpanel-secret', names: ['mixpanel'], values: [hex(32)] },
    {
      kind: 'salesforce-secret',
      names: ['salesforce', 'sfdc'],
      values: [hex(64), alnum(24)],
    },
  ],
};
