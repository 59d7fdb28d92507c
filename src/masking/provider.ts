import type { Format } from './format.ts';
import type { Named } from './rules/named.ts';

/** What the providers of one field document about their secrets. */
export interface Providers {
  /** Known by their looks. */
  formats: readonly Format[];
  /** Known by their looks beside the provider's name. */
  named: readonly Named[];
}
