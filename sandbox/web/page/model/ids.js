/** Discord's ids are numbers too large for JavaScript's; they grow with time. @param {string} a @param {string} b */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** A number from an id, to choose a colour by. @param {string} id */
export function hashOf(id) {
  let hash = 0;
  for (const digit of id) hash = (hash * 31 + digit.charCodeAt(0)) >>> 0;
  return hash;
}
