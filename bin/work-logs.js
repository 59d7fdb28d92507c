#!/usr/bin/env node
// Starts src/cli.ts with the Node that comes with the project where the one that runs this is too old for it. So this file is
// JavaScript that any Node reads.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = 24;
const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const cli = new URL('../src/cli.ts', import.meta.url);

if (Number.parseInt(process.versions.node, 10) >= OLDEST) {
  await import(cli.href);
} else if (existsSync(own)) {
  const { status } = spawnSync(own, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(
    `Work Logs needs Node ${OLDEST} or newer and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}
