import type { Entry } from './entry.ts';
import { exitStatusIn } from './tone.ts';

/** Code that one agent wrote, and that failed when another ran it. */
export interface FailedRun {
  code: Entry;
  /** What the run ended with. */
  status: string;
}

/** Follows code that is handed around as text, from the message that holds it to the one that tells how its run ended. */
export class CodeRunFold {
  #code: Entry | null = null;

  /** The run that the entry tells of, if it failed and is of somebody else's code. */
  add(entry: Entry): FailedRun | null {
    const status = exitStatusIn(entry.message);
    if (!status) {
      if (entry.message.includes('```')) this.#code = entry;
      return null;
    }
    const code = this.#code;
    this.#code = null;
    return code && !status.ok && code.author.key !== entry.author.key ? { code, status: status.text } : null;
  }
}
