/** Something the person who asked can mend. Its message is shown to them as it is, so it says what to do. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Bad configuration: the process ends with exit code 2. The message names every fault and echoes no secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** A failure that ends the process with exit code 1 and that the operator can mend: the message says how. */
export class StartupError extends Error {
  override name = 'StartupError';
}
