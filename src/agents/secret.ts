import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const FORM = /^wlt_(\d{1,15})_([\w-]{43})$/;

/** The random part of a new token, and what is kept of it. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

/** The token as its owner keeps it. */
export function tokenText(id: number, secret: string): string {
  return `wlt_${id}_${secret}`;
}

/** The parts of what somebody says is a token; null when it cannot be one. */
export function readToken(text: string): { id: number; secret: string } | null {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id: Number(id), secret };
}

/** Takes as long whether or not the secret is the right one. */
export function isSecretOf(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(hashOf(secret)), Buffer.from(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
