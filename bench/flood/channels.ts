/** The names of the channels that are flooded start with it. */
export const CHANNEL_PREFIX = 'flood-';

/** The config file of a bot that records them all. */
export const RECORDING_CONFIG = {
  workspaces: [{ match: `${CHANNEL_PREFIX}*`, type: 'project', owners: ['everyone'] }],
};
