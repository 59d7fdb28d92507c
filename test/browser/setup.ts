import { findChromium } from './chromium.ts';

/** Says once, before the tests, why they will be skipped. */
export default function setup(): void {
  if (findChromium() !== undefined) return;
  console.log(
    'The browser tests are skipped: there is no Chromium. Install one (Debian: chromium) or name it in CHROMIUM_PATH.',
  );
}
