interface Level {
  /** Of an object, the keys that it has so far; null for a list. */
  keys: Set<string> | null;
  /** Where it stands in the file. */
  path: string;
  /** What is being read in it: the latest key, or how far a list has come. */
  at: string | number;
}

/**
 * The paths of keys that stand twice in one object. JSON.parse takes the last of them and says nothing, and of two settings that
 * contradict each other nobody knows which one was meant.
 *
 * @param text valid JSON
 */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  for (const [token, , colon] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') levels.push(opened(token, level));
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && typeof level?.at === 'number') level.at += 1;
    else if (colon !== undefined && level?.keys) {
      level.at = JSON.parse(token.slice(0, -colon.length)) as string;
      if (level.keys.has(level.at)) found.push(pathTo(level));
      level.keys.add(level.at);
    }
  }
  return found;
}

/** A string, with the colon that makes it a key, or what opens, parts and closes objects and lists. */
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|[{}[\],]/g;

function opened(token: '{' | '[', parent: Level | undefined): Level {
  const path = parent ? pathTo(parent) : '';
  return token === '{' ? { keys: new Set(), path, at: '' } : { keys: null, path, at: 0 };
}

function pathTo({ path, at }: Level): string {
  if (typeof at === 'number') return `${path}[${at}]`;
  return path === '' ? at : `${path}.${at}`;
}
