/** What ICU still lists under the name before (https://www.iana.org/time-zones, file `backward`). */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The names to choose from, under their names of today. */
const TIMEZONES: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name),
].sort();

/**
 * A time zone by its IANA name, an older name of it, or `UTC`, in the spelling of the list; null: there is none of that name. An offset
 * such as `+01:00` is none: it knows no summer time.
 */
export function timezoneNamed(typed: string): string | null {
  const name = typed.trim().replace(/ +/g, '_');
  if (!isTimezone(name)) return null;
  const listed = TIMEZONES.find((each) => each.toLowerCase() === name.toLowerCase());
  return (
    listed ??
    (/\p{Lu}/u.test(name) ? name : name.replace(/(?<![^/_-])\p{Ll}/gu, (first) => first.toUpperCase()))
  );
}

/** True for what {@link timezoneNamed} knows, whatever its case. */
export function isTimezone(name: string): boolean {
  if (!/^\p{L}/u.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Those that somebody may mean who has typed so much: those whose place begins like it come first. */
export function timezonesLike(typed: string): string[] {
  const sought = comparable(typed);
  const found = TIMEZONES.filter((name) => comparable(name).includes(sought));
  const isPlace = (name: string) => comparable(name.slice(name.lastIndexOf('/') + 1)).startsWith(sought);
  return [...found.filter(isPlace), ...found.filter((name) => !isPlace(name))];
}

/** `14:05`, as the clock of a time zone shows it at an instant (ms UTC). */
export function clockIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `São Paulo` is found as `Sao_Paulo`. */
function comparable(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
