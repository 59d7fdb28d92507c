/** Ids that Discord takes for mentions; whom they name is up to Discord, so that any name will do in the log. */
const TOKEN = /<(?:@[!&]?|#)\d{17,20}>/;

/** What the log has in place of a secret or of personal data. */
const MASKED = /\[masked:[a-z0-9-]+\]/;

/** True when the log says what was said: word for word, but for names in place of ids and for what is masked. */
export function readsAs(said: string, recorded: string): boolean {
  return said === recorded || holds(recorded, said.split(TOKEN)) || isMasked(said, recorded);
}

/** True when the log says what was said but for something that it masks. */
export function isMasked(said: string, recorded: string): boolean {
  return said !== recorded && holds(said, recorded.split(MASKED));
}

/** True when the text is these parts, in this order, with anything in between. */
function holds(text: string, parts: readonly string[]): boolean {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let end = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, end);
    if (at === -1) return false;
    end = at + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= end;
}
