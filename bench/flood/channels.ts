/** The names of the channels that are flooded start with it. */
export const CHANNEL_PREFIX = 'flood-';

/** The config file of a bot that records them all, and hides secrets in them or not. */
export function recordingConfig(maskSecrets: boolean): object {
  return {
    workspaces: [{ match: `${CHANNEL_PREFIX}*`, type: 'project', owners: ['everyone'] }],
    work_logs: { privacy: { mask_secrets: maskSecrets } },
  };
}
