import type { z } from 'zod';
import type { Call } from '../doors.ts';

/** Something that a program can ask for, the same through every door. */
export interface AgentFunction {
  /** As programs call it; public. */
  name: string;
  title: string;
  /** What it does and when to use it, for a program or a model that knows nothing of us. */
  description: string;
  input: z.ZodType;
  output: z.ZodType;
  /** What `input` makes of an input, sooner; null where it does not know, and `input` has to be asked. */
  read?(input: unknown): unknown;
  /** It changes nothing but what is known to have been read. */
  isReading: boolean;
  /** The input is checked already. */
  run(input: unknown, call: Call): Promise<unknown>;
}

interface Definition<N extends string, I extends z.ZodType, O extends z.ZodType> extends Omit<
  AgentFunction,
  'run' | 'name' | 'input' | 'output'
> {
  name: N;
  input: I;
  output: O;
  run(input: z.output<I>, call: Call): Promise<z.input<O>>;
}

/** An {@link AgentFunction} whose name, input and output are known as types, too. */
export type Defined<N extends string, I extends z.ZodType, O extends z.ZodType> = AgentFunction & {
  name: N;
  input: I;
  output: O;
};

export function define<N extends string, I extends z.ZodType, O extends z.ZodType>(
  definition: Definition<N, I, O>,
): Defined<N, I, O> {
  return { ...definition, run: (input, call) => definition.run(input as z.output<I>, call) };
}
