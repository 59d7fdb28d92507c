import type { Workspace } from '../domain/workspace.ts';
import type { Archive } from './archive.ts';
import type { Known } from './render/markdown.ts';
import type { Look } from './render/rows.ts';
import { columnsOf, paintFor, showsColour } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** How answers about these workspaces look on this terminal. */
export function lookOf(archive: Archive, terminal: Terminal, about: readonly Workspace[]): Look & Known {
  return {
    width: columnsOf(terminal),
    paint: paintFor(terminal),
    opens: showsColour(terminal),
    ...archive.known(about),
  };
}
