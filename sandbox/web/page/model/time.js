const DAY_MS = 86_400_000;

/** @param {number} at ms */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** As beside a message's author. @param {number} at ms @param {number} now ms */
export function shortTime(at, now) {
  const days = daysBetween(at, now);
  if (days === 0) return `Today at ${clockTime(at)}`;
  if (days === 1) return `Yesterday at ${clockTime(at)}`;
  return `${new Date(at).toLocaleDateString()} ${clockTime(at)}`;
}

/** @param {number} at ms */
export function longDate(at) {
  return new Date(at).toLocaleDateString([], { year: 'numeric', month: 'long', day: 'numeric' });
}

/** @param {number} at ms */
export function longTime(at) {
  return `${new Date(at).toLocaleDateString([], { weekday: 'long' })}, ${longDate(at)} ${clockTime(at)}`;
}

/** @param {number} a ms @param {number} b ms */
export function isSameDay(a, b) {
  return daysBetween(a, b) === 0;
}

/** @param {number} earlier ms @param {number} later ms */
function daysBetween(earlier, later) {
  const midnight = (/** @type {number} */ at) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

const UNITS = /** @type {const} */ ([
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]);

/**
 * A time that a message names: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
 * @param {number} seconds @param {string} style @param {number} now ms
 */
export function namedTime(seconds, style, now) {
  const at = seconds * 1000;
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  switch (style) {
    case 't':
      return clockTime(at);
    case 'T':
      return date.toLocaleTimeString();
    case 'd':
      return date.toLocaleDateString();
    case 'D':
      return longDate(at);
    case 'F':
    case 'S':
      return longTime(at);
    case 'R':
      return relative(at - now);
    default:
      return `${longDate(at)} ${clockTime(at)}`;
  }
}

/** @param {number} ms */
function relative(ms) {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(ms) >= size) ?? /** @type {const} */ ([
    'second',
    1000,
  ]);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(ms / length), unit);
}
