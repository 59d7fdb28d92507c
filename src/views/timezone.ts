import { clockIn, timezonesLike } from '../domain/timezone.ts';
import type { Choice } from './choices.ts';
import { ICONS } from './icons.ts';
import { LIMITS, view } from './limits.ts';
import type { View } from './limits.ts';
import { container, text } from './parts.ts';
import { shown } from './text.ts';

/** What is typed to have the time zone of the configuration again. */
export const USUAL = 'default';

export interface ShownTimezone {
  /** IANA name. */
  timezone: string;
  /** People of the server have set it. */
  isSet: boolean;
  /** That of the configuration. */
  usual: string;
  now: number;
}

/** `/workspace timezone`. */
export function timezoneView({ timezone, isSet, usual, now }: ShownTimezone): View {
  const back = `-# \`/workspace timezone zone:${USUAL}\` goes back to ${usual}, as the config file says.`;
  const change = '-# As the config file says; `/workspace timezone zone:…` sets it for this server.';
  return view([
    container(
      text(
        `${ICONS.pending} ${timezoneLine(timezone, now)}`,
        'Reports come by this clock, and so do quiet hours, “tomorrow”, and the times in pictures and in `/summary since`.',
        isSet ? back : change,
      ),
    ),
  ]);
}

/** `**Time zone:** Europe/Berlin, where it is 14:05 now`. */
export function timezoneLine(timezone: string, now: number): string {
  return `**Time zone:** ${shown(timezone, 60)}, where it is ${clockIn(timezone, now)} now`;
}

/** What somebody may mean who has typed so much; before anything is typed, what is at hand. */
export function timezoneChoices(
  typed: string,
  { current, usual, now }: { current: string; usual: string; now: number },
): Choice[] {
  const asUsual = { name: `As in the config file: ${usual}`, value: USUAL };
  const choice = (name: string) => ({ name: `${name} · ${clockIn(name, now)} now`, value: name });
  if (typed.trim() === '')
    return [
      choice(current),
      ...(current === usual ? [] : [asUsual]),
      ...(current === 'UTC' ? [] : [choice('UTC')]),
    ];
  const isUsual = USUAL.startsWith(typed.trim().toLowerCase());
  return [...(isUsual ? [asUsual] : []), ...timezonesLike(typed).map(choice)].slice(0, LIMITS.choices);
}
