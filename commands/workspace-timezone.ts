import { ApplicationCommandOptionType } from 'discord.js';
import type {
  APIApplicationCommandSubcommandOption,
  AutocompleteInteraction,
  ChatInputCommandInteraction,
} from 'discord.js';
import type { App } from '../src/app.ts';
import { respond } from '../src/discord/respond.ts';
import { timezoneNamed, timezonesLike } from '../src/domain/timezone.ts';
import { UserError } from '../src/errors.ts';
import { plainLine } from '../src/views/text.ts';
import { timezoneChoices, timezoneView, USUAL } from '../src/views/timezone.ts';

const option = ApplicationCommandOptionType;

/** `/workspace timezone [zone]`: by which clock the people of this server live. */
export const timezoneSubcommand: APIApplicationCommandSubcommandOption = {
  type: option.Subcommand,
  name: 'timezone',
  description: 'See or set the time zone of this server: reports, quiet hours and times go by it',
  options: [
    {
      type: option.String,
      name: 'zone',
      description: 'Such as Europe/Berlin: type the name of a city (without: see the one that is set)',
      max_length: 100,
      autocomplete: true,
    },
  ],
};

export async function runTimezone(
  interaction: ChatInputCommandInteraction<'cached'>,
  app: App,
): Promise<void> {
  const { guildId, options } = interaction;
  const zone = options.getString('zone');
  if (zone !== null) await app.timezones.set({ guildId, timezone: chosen(zone), at: app.now() });
  const isSet = (app.timezones.setFor(guildId)?.timezone ?? null) !== null;
  const shown = { timezone: app.timezones.of(guildId), isSet, usual: app.config.timezone, now: app.now() };
  await respond(interaction, timezoneView(shown));
}

export async function suggestTimezones(interaction: AutocompleteInteraction, app: App): Promise<void> {
  const { config, timezones, now } = app;
  const typed = interaction.options.getFocused();
  const current = interaction.guildId === null ? config.timezone : timezones.of(interaction.guildId);
  await interaction.respond(timezoneChoices(typed, { current, usual: config.timezone, now: now() }));
}

/** Null: as the configuration says. @throws UserError when there is no such time zone */
function chosen(zone: string): string | null {
  if (zone.trim().toLowerCase() === USUAL) return null;
  const timezone = timezoneNamed(zone);
  if (timezone !== null) return timezone;
  const alike = timezonesLike(zone)
    .slice(0, 3)
    .map((name) => `\`${name}\``);
  throw new UserError(
    `There is no time zone “${plainLine(zone, 60)}” in the IANA list. ` +
      (alike.length > 0
        ? `Is it ${alike.join(' or ')}?`
        : 'Type the name of a large city of yours and pick from the list, such as `Europe/Berlin`; an offset such as `+01:00` knows no summer time.'),
  );
}
