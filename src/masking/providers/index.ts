import type { Providers } from '../provider.ts';
import { ai } from './ai.ts';
import { chat } from './chat.ts';
import { cloud } from './cloud.ts';
import { code } from './code.ts';
import { data } from './data.ts';
import { identity } from './identity.ts';
import { mail } from './mail.ts';
import { media } from './media.ts';
import { money } from './money.ts';
import { monitoring } from './monitoring.ts';
import { packages } from './packages.ts';
import { work } from './work.ts';

/** What is known of providers' secrets, by field. */
export const PROVIDERS: readonly Providers[] = [
  ai,
  chat,
  cloud,
  code,
  data,
  identity,
  mail,
  media,
  money,
  monitoring,
  packages,
  work,
];
