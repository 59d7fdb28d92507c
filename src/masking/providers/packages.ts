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
  hex,
  alnum,
  lower,
  upper,
} from '../shape.ts';

/** Registries of packages and images. */
export const packages: Providers = {
  formats: [
    { kind: 'npm-token', prefix: 'npm_', body: alnum(36) },
    {
      kind: 'npm-token',
      prefix: ['_authToken=', '_auth=', ':_password='],
      body: [atLeast('\\w+/=.\\-', 16)],
      keepPrefix: true,
    },
    { kind: 'pypi-token', prefix: 'pypi-AgE', body: [atLeast(URL64, 50)] },
    { kind: 'rubygems-key', prefix: 'rubygems_', body: [atLeast(HEX, 48)] },
    { kind: 'nuget-key', prefix: 'oy2', body: lower(43) },
    { kind: 'crates-token', prefix: 'cio', body: alnum(32) },
    { kind: 'clojars-token', prefix: ['CLOJARS_', 'clojars_'], body: [atLeast(ALNUM, 60)] },
    { kind: 'docker-token', prefix: ['dckr_pat_', 'dckr_oat_'], body: [atLeast(URL64, 24)] },
    { kind: 'artifactory-token', prefix: 'cmVmd', body: alnum(59) },
    { kind: 'artifactory-key', prefix: 'AKC', body: [between(ALNUM, 10, 100)] },
    { kind: 'artifactory-key', prefix: artifactory('0123456789'), body: [between(ALNUM, 8, 100)] },
    { kind: 'artifactory-key', prefix: artifactory('ABCDEF'), body: [between(LOWER, 10, 100)] },
    { kind: 'artifactory-key', prefix: artifactory('ABCDEF'), body: [between(ALNUM, 60, 100)] },
    {
      kind: 'packagist-token',
      prefix: ['packagist_ort_', 'packagist_oat_', 'packagist_uut_', 'packagist_ack_', 'packagist_act_'],
      body: [atLeast(HEX, 60)],
    },
    { kind: 'jsr-token', prefix: ['jsrd_', 'jsrp_'], body: [atLeast(ALNUM, 40)] },
    {
      kind: 'jetbrains-token',
      prefix: ['perm:', 'perm-'],
      body: [between('\\w+/=', 4, 60), '.', between('\\w+/=', 4, 60), '.', atLeast(ALNUM, 20)],
    },
  ],
  named: [
    {
      kind: 'npm-token',
      names: ['npm_token', 'npm_auth', 'npmtoken', 'authtoken'],
      values: [UUID, hex(40)],
    },
    { kind: 'docker-password', names: ['docker', 'dockerhub', 'quay'], values: [UUID, upper(64)] },
    { kind: 'hex-key', names: ['hex_api', 'hexpm'], values: [hex(32)] },
    { kind: 'nuget-key', names: ['nuget', 'chocolatey', 'choco'], values: [lower(46), UUID] },
    { kind: 'cloudsmith-key', names: ['cloudsmith'], values: [hex(40)] },
    { kind: 'anaconda-token', names: ['anaconda', 'conda'], values: [['co-', ...UUID], UUID] },
    { kind: 'crates-token', names: ['cargo_registry', 'crates'], values: [[between(TOKEN, 32, 40)]] },
    {
      kind: 'rubygems-key',
      names: ['rubygems', 'gem_host'],
      values: [hex(32), hex(48)],
    },
  ],
};

/** Encrypted passwords and keys start with `AP` and a hexadecimal digit. */
function artifactory(digits: string): string[] {
  return [...digits].map((digit) => `AP${digit}`);
}
