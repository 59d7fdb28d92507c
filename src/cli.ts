// This comes first: it ends the process on a Node that would crash on what follows.
import './node-version.ts';
import { runCli } from './cli/program.ts';

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { env, stdout, stderr } = process;
const terminal = { env, cwd: process.cwd(), stdout, stderr, now: Date.now, exitCode: 0 };
process.exitCode = await runCli(process.argv.slice(2), terminal);
