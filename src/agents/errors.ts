/** Why a program is refused, each with the HTTP status that says so. */
export const STATUSES = {
  bad_request: 400,
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  key_reused: 422,
  rate_limited: 429,
  failed: 500,
  unavailable: 503,
} as const;
export type AgentErrorCode = keyof typeof STATUSES;

/** What can be mended by whoever calls: its message says how, and repeats no value. */
export class AgentError extends Error {
  override name = 'AgentError';
  readonly code: AgentErrorCode;
  /** Of entries that were given together, the first that is at fault. */
  readonly index: number | undefined;
  /** Every fault that was found, one sentence each. */
  readonly faults: readonly string[] | undefined;
  /** After so many seconds it may go better. */
  readonly retryAfter: number | undefined;

  constructor(
    code: AgentErrorCode,
    message: string,
    more: { index?: number | undefined; faults?: readonly string[]; retryAfter?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.index = more.index;
    this.faults = more.faults;
    this.retryAfter = more.retryAfter;
  }

  get status(): (typeof STATUSES)[AgentErrorCode] {
    return STATUSES[this.code];
  }

  /** As JSON for the program. */
  toJSON(): { error: Record<string, unknown> } {
    const { code, message, index, faults } = this;
    return { error: { code, message, ...(index !== undefined && { index }), ...(faults && { faults }) } };
  }
}
