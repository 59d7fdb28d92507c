/** One node of Discord's nested error tree: field names and indexes lead to `_errors`. */
export interface FormErrors {
  [field: string]: FormErrors | FormError[];
}

export interface FormError {
  code: string;
  message: string;
}

/** What Discord answers instead of a result: an HTTP status and the JSON body `{ message, code, errors? }`. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: number,
    message: string,
    more: { errors?: FormErrors; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  /** The body exactly as Discord writes it. */
  toJSON(): { message: string; code: number; errors?: FormErrors } {
    const body = { message: this.message, code: this.code };
    return this.errors === undefined ? body : { ...body, errors: this.errors };
  }
}

/** A form error at one place, e.g. `fieldError(['embeds', 0, 'title'], 'BASE_TYPE_REQUIRED', '…')`. */
export function fieldError(path: (string | number)[], code: string, message: string): FormErrors {
  return path.reduceRight<FormErrors>((inner, key) => ({ [key]: inner }), { _errors: [{ code, message }] });
}

export const invalidForm = (errors: FormErrors) =>
  new DiscordError(400, 50035, 'Invalid Form Body', { errors });

export const unauthorized = () => new DiscordError(401, 0, '401: Unauthorized');
export const notFound = () => new DiscordError(404, 0, '404: Not Found');
export const entityTooLarge = () => new DiscordError(413, 40005, 'Request entity too large');

export const unknownApplication = () => new DiscordError(404, 10002, 'Unknown Application');
export const unknownChannel = () => new DiscordError(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new DiscordError(404, 10004, 'Unknown Guild');
export const unknownMember = () => new DiscordError(404, 10007, 'Unknown Member');
export const unknownMessage = () => new DiscordError(404, 10008, 'Unknown Message');
export const unknownOverwrite = () => new DiscordError(404, 10009, 'Unknown Permission Overwrite');
export const unknownRole = () => new DiscordError(404, 10011, 'Unknown Role');
export const unknownUser = () => new DiscordError(404, 10013, 'Unknown User');
export const unknownEmoji = () => new DiscordError(400, 10014, 'Unknown Emoji');
export const unknownWebhook = () => new DiscordError(404, 10015, 'Unknown Webhook');
export const unknownInteraction = () => new DiscordError(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new DiscordError(404, 10063, 'Unknown application command');

export const tooManyPins = () => new DiscordError(400, 30003, 'Maximum number of pins reached (250)');
export const tooManyWebhooks = () => new DiscordError(400, 30007, 'Maximum number of webhooks reached (15)');
export const tooManyReactions = () =>
  new DiscordError(400, 30010, 'Maximum number of reactions reached (20)');
export const tooManyCommands = () =>
  new DiscordError(400, 30032, 'Maximum number of application commands reached (100)');

export const alreadyAcknowledged = () =>
  new DiscordError(400, 40060, 'Interaction has already been acknowledged.');

export const missingAccess = () => new DiscordError(403, 50001, 'Missing Access');
export const notOnDm = () => new DiscordError(403, 50003, 'Cannot execute action on a DM channel');
export const notAuthor = () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new DiscordError(400, 50006, 'Cannot send an empty message');
export const cannotDm = () => new DiscordError(403, 50007, 'Cannot send messages to this user');
export const wrongChannelType = () =>
  new DiscordError(400, 50008, 'Cannot send messages in a non-text channel');
export const missingPermissions = () => new DiscordError(403, 50013, 'Missing Permissions');
export const badBulkDelete = () =>
  new DiscordError(
    400,
    50016,
    'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
  );
export const systemMessage = () => new DiscordError(403, 50021, 'Cannot execute action on a system message');
export const notOnThisChannelType = () =>
  new DiscordError(400, 50024, 'Cannot execute action on this channel type');
export const invalidWebhookToken = () => new DiscordError(401, 50027, 'Invalid Webhook Token');
export const tooOldToBulkDelete = () =>
  new DiscordError(400, 50034, 'A message provided was too old to bulk delete');
export const invalidSticker = () => new DiscordError(400, 50081, 'Invalid sticker sent');
export const threadArchived = () => new DiscordError(400, 50083, 'Thread is archived');
export const badJson = () => new DiscordError(400, 50109, 'The request body contains invalid JSON.');

export const cannotReplyUnread = () =>
  new DiscordError(403, 160002, 'Cannot reply without permission to read message history');
export const webhookNeedsThread = () =>
  new DiscordError(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id');
export const webhookNeedsForum = () =>
  new DiscordError(400, 220003, 'Webhooks can only create threads in forum channels');
export const threadExists = () =>
  new DiscordError(400, 160004, 'A thread has already been created for this message');
export const threadLocked = () => new DiscordError(400, 160005, 'Thread is locked');
