/** A part of a text that must not be seen. */
export interface Finding {
  start: number;
  end: number;
  /** What the marker calls it. */
  kind: string;
}

/** What makes a finding one, weakest first. Where two overlap, the stronger names both. */
export const CERTAINTIES = ['personal', 'called secret', 'provider named', 'format'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** Knows one sort of secret. Pure; what it does at one place takes a bounded time, however long the text is. */
export interface Rule {
  certainty: Certainty;
  /**
   * It is asked at each place where one of these starts, in upper or lower case. They have three characters at least; or one that is
   * rare in texts, like `@`; or they are `0`, which stands for the start of any run of digits.
   */
  triggers: readonly string[];
  /** The finding at a place where a trigger starts. */
  find: (text: string, at: number) => Finding | null;
}

/** What a sticky expression matches at a place. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}
