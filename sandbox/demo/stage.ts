import type { APIMessage } from 'discord-api-types/v10';
import type { Person, Run, Sandbox } from '../sandbox.ts';
import { Controls } from './controls.ts';
import { namesOf } from './names.ts';
import { renderMessage } from './render/message.ts';
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

export function createStage({ core }: Sandbox, output: NodeJS.WritableStream): Stage {
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

/** Prints what came of a person's command or click: the reply and whatever followed. */
export async function showRun(run: Run, person: Person, stage: Stage): Promise<void> {
  const { screen, transcript } = stage;
  transcript.interrupt();
  const reply = await run.reply().catch((error: Error) => error);
  if (reply instanceof Error) {
    screen.print([screen.paint('red', reply.message)]);
    return;
  }
  showMessage(reply, stage);
  for (const message of run.followUps) showMessage(message, stage);
  const who = screen.names.user(person.id) ?? person.username;
  if (run.ephemeral) screen.print([screen.paint('dim', `(only ${who} sees this)`)]);
}

function showMessage(message: APIMessage, { screen, controls }: Stage): void {
  const rendered = renderMessage(message, screen, screen.width, controls.next);
  controls.keep(rendered.controls, message, message.channel_id);
  screen.print(rendered.lines);
}
