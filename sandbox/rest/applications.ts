import { Hono } from 'hono';
import type { Core } from '../core.ts';
import { applicationFlags } from '../payloads/application.ts';
import { userPayload } from '../payloads/user.ts';
import type { Application } from '../world.ts';
import { caller, type RestEnv } from './request.ts';

/** The calling bot's application: `/applications/@me`, and its older name. */
export function applicationRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>()
    .get('/applications/@me', (c) => c.json(applicationPayload(core, caller(c))))
    .get('/oauth2/applications/@me', (c) => c.json(applicationPayload(core, caller(c))));
}

/** https://docs.discord.com/developers/resources/application#application-object */
function applicationPayload(core: Core, application: Application): object {
  const { users, guilds } = core.world;
  const bot = users.get(application.id)!;
  const homes = [...guilds.values()].filter(({ members }) => members.has(application.id));
  const flags = applicationFlags(application);
  return {
    ...settings,
    id: application.id,
    name: application.name,
    bot: userPayload(bot),
    flags,
    flags_new: String(flags),
    owner: userPayload(users.get(homes[0]?.ownerId ?? '') ?? bot),
    approximate_guild_count: homes.length,
  };
}

/** What an application has that nobody set up further in the developer portal. */
const settings = {
  icon: null,
  description: '',
  summary: '',
  type: null,
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: '0'.repeat(64),
  integration_types_config: {
    0: { oauth2_install_params: { scopes: ['applications.commands', 'bot'], permissions: '0' } },
  },
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  event_webhooks_url: null,
  event_webhooks_status: 1,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
};
