import type { APIMessage } from 'discord.js';
import { renderMessage } from '../../sandbox/demo/render/message.ts';
import { plain } from '../../sandbox/demo/render/paint.ts';

/** As wide as a phone shows about. */
const WIDTH = 76;

/** A message as a terminal shows it, without its picture: that is told in words there. */
export function reportText(report: APIMessage): string {
  const names = { user: (id: string) => id, role: (id: string) => id, channel: (id: string) => id };
  const { lines } = renderMessage({ ...report, flags: report.flags }, { paint: plain, names }, WIDTH);
  const words = lines.map((line) => line.replace(/^│ ?/, '').trimEnd());
  const picture = words.findIndex((line) => line.startsWith('🖼'));
  return words.slice(0, picture === -1 ? words.length : picture).join('\n');
}
