import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { broken, ok } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether the files of ended sessions can be written into their folder, which the first of them creates. */
export function checkFiles(folder: string): Finding {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    return broken('files', `${folder} is not a folder`, 'Move it away: the bot makes a folder of that name.');
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK | constants.X_OK);
    return ok('files', `ended sessions are written to ${folder}`);
  } catch {
    return broken(
      'files',
      `ended sessions cannot be written to ${folder}`,
      'Give the user of this process the right to write there.',
    );
  }
}
