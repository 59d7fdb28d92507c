import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseJson } from '../../domain/json.ts';
import { AgentError } from '../errors.ts';

const inflate = promisify(gunzip);

/** In bytes, as sent and unpacked. */
export interface BodyLimits {
  sent: number;
  unpacked: number;
}

/** Objects and lists within one another, as in a block. */
const DEPTH = 32;

/**
 * The whole of a request's body, unpacked where it is packed. It is read as Node has it: as a stream of the web it would take as long as
 * all else of a short call.
 *
 * @throws AgentError when it is larger than the limits, or ends too soon
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  const { 'content-length': length = 0, 'content-encoding': packed = 'identity' } = request.headers;
  if (Number(length) > limits.sent) throw tooLarge(limits.sent);
  const sent = await collected(request, limits.sent);
  const encoding = packed.trim().toLowerCase();
  if (encoding === 'identity') return sent;
  if (encoding !== 'gzip')
    throw new AgentError('unsupported_type', 'The body may be packed with gzip, or not at all.');
  return unpacked(sent, limits.unpacked);
}

/** A text as JSON, with what makes it unsafe or ambiguous refused. @throws AgentError */
export function readJson(text: string, what: string, index?: number): unknown {
  const parsed = parseJson(text, { length: Infinity, depth: DEPTH });
  if ('fault' in parsed)
    throw new AgentError('bad_request', `${what} cannot be read: ${parsed.fault}.`, { index });
  return parsed.value;
}

/** One JSON value for each line that is not blank. @throws AgentError that names the first bad one, and so for too many */
export function readLines(text: string, most: number): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > most)
    throw new AgentError('too_large', `These are ${lines.length} lines; at most ${most} are taken at once.`);
  return lines.map((line, index) => readJson(line, `Line ${index + 1}`, index));
}

/** @throws AgentError for what is not UTF-8 */
export function textOf(sent: Uint8Array): string {
  if (!isUtf8(sent)) throw new AgentError('bad_request', 'The body is not UTF-8.');
  return Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function collected(request: IncomingMessage, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= most) return;
      request.off('data', take);
      reject(tooLarge(most));
    };
    const cut = () => reject(new AgentError('bad_request', 'The body ended too soon.'));
    const end = () => {
      // Each request is closed in the end, and an error takes a while to make.
      request.off('close', cut);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    request.on('data', take).once('end', end).once('close', cut).once('error', cut);
    if (request.destroyed) cut();
  });
}

async function unpacked(sent: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await inflate(sent, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    throw new AgentError('bad_request', 'The body says that it is packed with gzip, and it is not.');
  }
}

function tooLarge(most: number): AgentError {
  return new AgentError(
    'too_large',
    `The body is too large: at most ${most / 1024 / 1024} MiB are read. Send it in several calls.`,
  );
}
