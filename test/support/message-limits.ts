import { checkMessage } from '../../sandbox/validate/message.ts';
import { LIMITS, measure } from '../../src/views/limits.ts';
import type { View } from '../../src/views/limits.ts';

/** A view that comes so close to the limits was cut to fit them, and something a reader needs may be what was cut. */
const SPARE = { text: 50, components: 1 };

/** Why Discord would refuse a message, or why it only takes it because it was cut; empty for a good one. */
export function faultsOf({ flags, components, allowedMentions }: View): string[] {
  const size = measure(components);
  const faults: string[] = [];
  if (size.text > LIMITS.text - SPARE.text) faults.push(`${size.text} characters`);
  if (size.components > LIMITS.components - SPARE.components) faults.push(`${size.components} components`);
  try {
    const body = { flags, components, allowed_mentions: allowedMentions };
    checkMessage(body, { kind: 'interaction', files: new Map() });
  } catch (error) {
    faults.push(JSON.stringify(error));
  }
  return faults;
}
