import type { Providers } from '../provider.ts';
import {
  ALNUM,
  DIGITS,
  HEX,
  LOWER,
  TOKEN,
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

/** Documents, tasks, forms, sites and what connects them. */
export const work: Providers = {
  formats: [
    { kind: 'notion-token', prefix: 'ntn_', body: [exactly(DIGITS, 11), atLeast(ALNUM, 32)] },
    { kind: 'notion-token', prefix: 'secret_', body: alnum(43) },
    { kind: 'linear-key', prefix: ['lin_api_', 'lin_oauth_', 'lin_wh_'], body: [atLeast(ALNUM, 32)] },
    { kind: 'trello-token', prefix: 'ATTA', body: hex(72) },
    { kind: 'clickup-token', prefix: 'pk_', body: [between(DIGITS, 4, 10), '_', exactly(UPPER, 32)] },
    { kind: 'contentful-token', prefix: 'CFPAT-', body: [atLeast(URL64, 40)] },
    {
      kind: 'zapier-webhook',
      prefix: 'hooks.zapier.com/hooks/catch/',
      body: [between(DIGITS, 4, 12), '/', atLeast(LOWER, 5)],
      keepPrefix: true,
    },
    {
      kind: 'make-webhook',
      prefix: ['make.com/', 'integromat.com/'],
      body: lower(32),
      keepPrefix: true,
    },
    { kind: 'ifttt-key', prefix: '/with/key/', body: [atLeast(URL64, 20)], keepPrefix: true },
    { kind: 'retool-key', prefix: ['retool_wh_', 'retool_'], body: [atLeast(ALNUM, 28)] },
    { kind: 'smartsheet-token', prefix: 'll352', body: lower(21) },
    { kind: 'weblate-token', prefix: ['wlu_', 'wlp_'], body: [atLeast(ALNUM, 36)] },
  ],
  named: [
    {
      kind: 'notion-token',
      names: ['notion'],
      values: [alnum(50), ['secret_', exactly(ALNUM, 43)]],
    },
    { kind: 'linear-secret', names: ['linear'], values: [hex(32)] },
    {
      kind: 'asana-secret',
      names: ['asana'],
      values: [
        lower(32),
        [exactly(DIGITS, 1), '/', between(TOKEN, 16, 20), ':', exactly(HEX, 32)],
        [
          exactly(DIGITS, 1),
          '/',
          between(DIGITS, 10, 20),
          '/',
          between(DIGITS, 10, 20),
          ':',
          exactly(HEX, 32),
        ],
      ],
    },
    { kind: 'trello-key', names: ['trello'], values: [hex(32), hex(64)] },
    { kind: 'todoist-token', names: ['todoist'], values: [hex(40)] },
    { kind: 'shortcut-token', names: ['shortcut_api', 'clubhouse'], values: [UUID] },
    {
      kind: 'toggl-token',
      names: ['toggl', 'clockify', 'harvest'],
      values: [hex(32), alnum(48), [between(TOKEN, 60, 100)]],
    },
    { kind: 'docusign-key', names: ['docusign'], values: [UUID] },
    {
      kind: 'ghost-key',
      names: ['ghost'],
      values: [[exactly(HEX, 24), ':', exactly(HEX, 64)], hex(26)],
    },
    { kind: 'strapi-token', names: ['strapi'], values: [hex(256)] },
    { kind: 'sanity-token', names: ['sanity'], values: [['sk', between(ALNUM, 80, 180)]] },
    {
      kind: 'datocms-token',
      names: ['datocms', 'storyblok', 'prismic'],
      values: [hex(30), alnum(24)],
    },
    { kind: 'miro-token', names: ['miro'], values: [url64(27)] },
    { kind: 'tally-key', names: ['tally'], values: [['tly-', between(ALNUM, 30, 40)]] },
  ],
};
