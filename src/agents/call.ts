import { describeFaults } from '../domain/block-faults.ts';
import type { Call } from './doors.ts';
import { AgentError } from './errors.ts';
import type { AgentFunction } from './functions/define.ts';

/**
 * Runs a function with whatever a program gave as its input.
 *
 * @throws AgentError that names every fault of the input, and the first entry that is at fault
 */
export async function callFunction(one: AgentFunction, input: unknown, call: Call): Promise<unknown> {
  const read = one.read?.(input) ?? null;
  if (read !== null) return one.run(read, call);
  const parsed = one.input.safeParse(input);
  if (parsed.success) return one.run(parsed.data, call);
  const { issues } = parsed.error;
  const faults = describeFaults(issues, 'list').map((fault) => fault.replace(/^the block:/, 'the input:'));
  const index = issues
    .map(({ path }) => (path[0] === 'entries' ? path[1] : undefined))
    .find(Number.isInteger);
  throw new AgentError('invalid', faults.join('; '), { index: index as number | undefined, faults });
}
