import { DiscordError, type FormErrors } from '../../sandbox/errors.ts';

/** What `action` throws; undefined when it throws nothing. */
export function thrown(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * What a check refuses, one line each: `embeds.0.title BASE_TYPE_MAX_LENGTH` for a form error, `50006` for any
 * other; nothing when it lets the value pass.
 */
export function refusals(check: () => unknown): string[] {
  const error = thrown(check);
  if (error === undefined) return [];
  if (!(error instanceof DiscordError)) throw error;
  return error.code === 50035 ? linesOf(error.errors ?? {}) : [String(error.code)];
}

/** The lines of a form error's tree. */
export function linesOf(errors: FormErrors, path: string[] = []): string[] {
  return Object.entries(errors).flatMap(([key, inner]) => {
    if (!Array.isArray(inner)) return linesOf(inner, [...path, key]);
    return inner.map(({ code }) => [path.join('.'), code].filter(Boolean).join(' '));
  });
}
