/** Why the gateway closes a connection: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway */
export const CloseReason = {
  4000: 'Unknown error.',
  4001: 'Unknown opcode.',
  4002: 'Error while decoding payload.',
  4003: 'Not authenticated.',
  4004: 'Authentication failed.',
  4005: 'Already authenticated.',
  4007: 'Invalid seq.',
  4008: 'You are being rate limited.',
  4009: 'Session timed out.',
  4010: 'Invalid shard.',
  4012: 'Invalid API version.',
  4013: 'Invalid intent(s).',
  4014: 'Disallowed intent(s).',
} as const;

export type CloseCode = keyof typeof CloseReason;

/** Thrown while a client's payload is handled: ends its connection with this code. */
export class GatewayClosure extends Error {
  override readonly name = 'GatewayClosure';
  readonly code: CloseCode;

  constructor(code: CloseCode) {
    super(CloseReason[code]);
    this.code = code;
  }
}
