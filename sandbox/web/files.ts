import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

export interface PageFile {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const PAGE = join(import.meta.dirname, 'page');

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A name, or names in folders: none begins with a dot, so that no path leads out. */
const PLAIN_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** The modules of lit-html that the page uses, and what they import: nothing else of node_modules is served. */
const LIT_MODULES =
  /^(?:lit-html|directive|directive-helpers|async-directive|directives\/(?:class-map|guard|live|ref|repeat))\.js$/;

/** The page itself, whatever place in it the address names. */
export async function indexFile(): Promise<PageFile> {
  return { type: TYPES['.html']!, bytes: await read(join(PAGE, 'index.html')) };
}

/** A file of the page by its path below `/web/`, or of lit-html below `/web/lib/lit-html/`; undefined when there is none. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const type = TYPES[extname(path)];
  const at = placeOf(path);
  if (type === undefined || at === undefined) return undefined;
  try {
    return { type, bytes: await read(at) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function placeOf(path: string): string | undefined {
  const library = 'lib/lit-html/';
  if (path.startsWith(library)) {
    const name = path.slice(library.length);
    return LIT_MODULES.test(name) ? join(litFolder(), name) : undefined;
  }
  return PLAIN_PATH.test(path) ? join(PAGE, path) : undefined;
}

/** Node is given a build of its own, in a folder of the package; browsers take what lies above it. */
function litFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('lit-html')), '..');
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(path));
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
