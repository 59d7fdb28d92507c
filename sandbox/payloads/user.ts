import type { User } from '../world.ts';

/** https://docs.discord.com/developers/resources/user#user-object */
export function userPayload(user: User) {
  return {
    id: user.id,
    username: user.username,
    global_name: user.globalName,
    discriminator: user.discriminator,
    avatar: null,
    ...(user.bot && { bot: true }),
    public_flags: 0,
    flags: 0,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** What an account sees of itself at `/users/@me` and in READY. */
export function selfPayload(user: User) {
  return {
    ...userPayload(user),
    banner: null,
    accent_color: null,
    mfa_enabled: true,
    locale: 'en-US',
    premium_type: 0,
    email: null,
    verified: true,
  };
}
