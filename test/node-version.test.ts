import { expect, test } from 'vitest';
import { complaintAbout } from '../src/node-version.ts';

test.each(['24.0.0', '24.21.0', '26.1.0'])('accepts Node %s', (version) => {
  expect(complaintAbout(version)).toBeNull();
});

test.each(['20.19.5', '22.18.0', '23.11.1'])('refuses Node %s and says what to do', (version) => {
  expect(complaintAbout(version)).toMatch(/needs Node 24 or newer and this is Node .*npm start/);
});
