import type { Providers } from '../provider.ts';
import {
  ALNUM,
  BASE64,
  HEX,
  LETTERS,
  URL64,
  UUID,
  END,
  atLeast,
  between,
  exactly,
  hex,
  alnum,
  lower,
  upper,
  url64,
} from '../shape.ts';

/** Logs, metrics, errors, alerts and analytics. */
export const monitoring: Providers = {
  formats: [
    // https://docs.sentry.io/api/auth/
    { kind: 'sentry-token', prefix: 'sntrys_', body: [atLeast('\\w+/=\\-', 60)] },
    { kind: 'sentry-token', prefix: ['sntryu_', 'sntrya_', 'sntryi_'], body: [atLeast(HEX, 64)] },
    { kind: 'grafana-token', prefix: 'glsa_', body: [exactly(ALNUM, 32), '_', exactly(HEX, 8)] },
    { kind: 'grafana-token', prefix: 'glc_', body: [atLeast('A-Za-z0-9+/=', 32)] },
    { kind: 'grafana-key', prefix: 'eyJrIjoi', body: [atLeast(BASE64, 60)] },
    {
      kind: 'newrelic-key',
      prefix: ['NRAK-', 'NRII-', 'NRJS-', 'NRRA-', 'NRIQ-', 'NRSP-', 'NRBR-', 'NRAA-'],
      body: [atLeast('A-Za-z0-9\\-', 16)],
    },
    {
      kind: 'newrelic-key',
      prefix: ['NRAL', 'FFFFNRAL'],
      lead: hex(32),
      body: [END],
    },
    {
      kind: 'dynatrace-token',
      prefix: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s06.', 'dt0s08.', 'dt0s16.'],
      body: [between(ALNUM, 8, 24), '.', exactly(ALNUM, 64)],
    },
    {
      kind: 'honeycomb-key',
      prefix: ['hcaik_', 'hcxik_', 'hcbik_', 'hcalk_', 'hcamk_'],
      body: [atLeast(ALNUM, 26)],
    },
    { kind: 'axiom-token', prefix: ['xaat-', 'xapt-'], body: UUID },
    { kind: 'rootly-key', prefix: 'rootly_', body: hex(64) },
    { kind: 'firehydrant-key', prefix: 'fhb-', body: hex(32) },
    { kind: 'checkly-key', prefix: 'cu_', body: hex(32) },
    {
      kind: 'logfire-token',
      prefix: ['pylf_v1_', 'pylf_v2_'],
      body: [between('a-z', 2, 12), '_', atLeast(ALNUM, 40)],
    },
    { kind: 'braintrust-key', prefix: 'bt-st-', body: [atLeast(ALNUM, 40)] },
    { kind: 'pagerduty-token', prefix: ['pdus+', 'pdeu+'], body: [exactly(URL64, 4), '+', ...UUID] },
  ],
  named: [
    { kind: 'sentry-token', names: ['sentry'], values: [hex(64)] },
    {
      kind: 'datadog-key',
      names: ['datadog', 'dd_api', 'dd_app', 'dd-api'],
      values: [alnum(40), hex(32), ['pub', exactly(HEX, 32)]],
    },
    {
      kind: 'newrelic-key',
      names: ['newrelic', 'new_relic', 'new-relic'],
      values: [alnum(64), alnum(40), alnum(32)],
    },
    { kind: 'sumologic-key', names: ['sumo'], values: [['su', exactly(ALNUM, 12)], alnum(64)] },
    { kind: 'honeycomb-key', names: ['honeycomb'], values: [alnum(32), alnum(22)] },
    { kind: 'loggly-token', names: ['loggly', 'logentries', 'opsgenie', 'splunk'], values: [UUID] },
    {
      kind: 'mezmo-key',
      names: ['logdna', 'mezmo'],
      values: [hex(32), ['sts_', exactly(HEX, 32)]],
    },
    { kind: 'logzio-token', names: ['logzio', 'logz_io'], values: [[exactly(LETTERS, 32)], UUID] },
    {
      kind: 'pagerduty-key',
      names: ['pagerduty', 'pager_duty'],
      values: [[exactly('\\w+\\-', 20)], hex(32)],
    },
    { kind: 'rollbar-token', names: ['rollbar'], values: [hex(32)] },
    {
      kind: 'bugsnag-key',
      names: ['bugsnag', 'airbrake', 'honeybadger', 'raygun'],
      values: [hex(32), [between(ALNUM, 22, 24)], url64(36)],
    },
    { kind: 'statuspage-key', names: ['statuspage'], values: [UUID] },
    {
      kind: 'betterstack-token',
      names: ['betterstack', 'better_stack', 'logtail', 'betteruptime'],
      values: [alnum(24)],
    },
    { kind: 'cronitor-key', names: ['cronitor'], values: [hex(32)] },
    { kind: 'signalfx-token', names: ['signalfx', 'sfx_'], values: [url64(22)] },
    { kind: 'lightstep-token', names: ['lightstep'], values: [[between(BASE64, 80, 180)]] },
    { kind: 'instana-key', names: ['instana'], values: [url64(22)] },
    { kind: 'scalyr-key', names: ['scalyr', 'coralogix'], values: [[exactly(URL64, 43), '-'], UUID] },
    {
      kind: 'heap-key',
      names: ['heap_api', 'fullstory', 'logrocket'],
      values: [hex(32), upper(16)],
    },
    { kind: 'appsflyer-key', names: ['appsflyer'], values: [alnum(22), lower(36)] },
  ],
};
