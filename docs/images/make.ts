import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playNight } from '../../test/support/night.ts';
import { OVERNIGHT } from '../../test/support/overnight.ts';
import { reportText } from '../../test/support/report-text.ts';

/** Plays a night of four agents through the local Discord, and puts the report of the morning and its picture into the README. */

const README = join(import.meta.dirname, '../../README.md');
const BETWEEN = /(<!-- report -->\n)[^]*(<!-- \/report -->)/;

const night = await playNight(OVERNIGHT);
try {
  const report = await night.report();
  const [picture] = report.attachments;
  if (!picture) throw new Error('The report came without its picture.');
  const png = await fetch(picture.url);
  writeFileSync(join(import.meta.dirname, 'report.png'), Buffer.from(await png.arrayBuffer()));
  const readme = readFileSync(README, 'utf8');
  const shown = `\n\`\`\`\n${reportText(report)}\n\`\`\`\n\n![${picture.description}](docs/images/report.png)\n\n`;
  writeFileSync(
    README,
    readme.replace(BETWEEN, (_, begin: string, end: string) => `${begin}${shown}${end}`),
  );
} finally {
  await night.end();
}
