import { object, type Check } from './checks.ts';

/** Translations by locale; each must itself pass. */
export function localized(check: Check): Check {
  return (value, form) => {
    object(Object.fromEntries(locales.map((locale) => [locale, check])))(value, form);
  };
}

/** https://docs.discord.com/developers/reference#locales */
const codes =
  'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW';
const locales = codes.split(' ');
