import type { Sandbox } from '../sandbox.ts';
import { Controls } from './controls.ts';
import { namesOf } from './names.ts';
import { wrap } from './render/width.ts';
import { createScreen } from './screen.ts';
import type { Screen } from './screen.ts';
import { Transcript } from './transcript.ts';

/** Everything that is shown of this Discord in one terminal. */
export interface Stage {
  screen: Screen;
  controls: Controls;
  transcript: Transcript;
}

export function createStage({ core }: Sandbox, output: NodeJS.WritableStream & { columns?: number }): Stage {
  const screen = createScreen(output, namesOf(core.world));
  const controls = new Controls();
  return { screen, controls, transcript: new Transcript(core, screen, controls) };
}

/** Prints a line as somebody typed it; `label` says who, and where. */
export function showTyped(label: string, line: string, { screen, transcript }: Stage): void {
  transcript.interrupt();
  const typed = `${screen.paint('dim', `${label} ›`)} ${screen.paint('bold', line)}`;
  screen.print(['', ...wrap(typed, screen.width, 4)]);
}
