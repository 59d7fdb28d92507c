import { expect } from 'vitest';
import { checkMessage } from '../../sandbox/validate/message.ts';
import type { View } from '../../src/views/limits.ts';
import { measure } from '../../src/views/limits.ts';

/**
 * Fails unless Discord would take the message, and unless it stays within the limits by its layout: a view that was cut to fit
 * fails too, because something a reader needs may be what was cut.
 */
export function expectWithinLimits(view: View): void {
  const { flags, components, allowedMentions } = view;
  checkMessage(
    { flags, components, allowed_mentions: allowedMentions },
    { kind: 'interaction', files: new Map() },
  );
  const size = measure(components);
  expect(size.text).toBeLessThan(3950);
  expect(size.components).toBeLessThan(40);
}
