/** First instant of 2015, ms UTC: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH = 1_420_070_400_000;
/** The lower bits count within one millisecond. */
const COUNTER_BITS = 22n;

/** Orders ids of Discord by age: negative when `a` is older. A longer one is younger. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The youngest of some ids, at least one. */
export function latestId(...ids: readonly [string, ...string[]]): string {
  return ids.reduce((latest, id) => (compareIds(id, latest) > 0 ? id : latest));
}

/** The first id that Discord could give at an instant, ms UTC: everything from then on has this id or a younger one. */
export function idAt(at: number): string {
  return (BigInt(Math.max(0, Math.floor(at) - EPOCH)) << COUNTER_BITS).toString();
}

/** When an id was given, ms UTC. */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> COUNTER_BITS) + EPOCH;
}
