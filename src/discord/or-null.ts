import { DiscordAPIError } from 'discord.js';

/** The answer to a request, or null for what Discord refuses to show or does not know: both are the same to us, not there. */
export async function orNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}
