import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/**
 * Finds tokens of Discord bots and accounts: the account's id in base64, a time and a signature, with dots between them. It is known
 * by the two dots that are seven characters apart; base64 of digits starts with M, N or O.
 *
 * @see https://docs.discord.com/developers/reference#authentication
 */
export const discordTokenRule: Rule = {
  certainty: 'format',
  triggers: ['.'],
  find(text, at) {
    if (text.charCodeAt(at + 7) !== DOT) return null;
    const match = matchAt(TOKEN, text, at);
    if (match === null) return null;
    const start = at - match[1]!.length;
    return { start, end: at + match[0].length, kind: 'discord-token' };
  },
};

const DOT = 46;
const TOKEN = /(?<=([MNO][\w-]{22,27}))\.[\w-]{6}\.[\w-]{27,110}/y;
