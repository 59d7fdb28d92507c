import { expect, test } from 'vitest';
import { configFile } from '../../src/config/file.ts';
import { retentionDays } from '../../src/config/retention.ts';

test.each([
  [{}, { open: 7, project: 90, direct: 30, coordination: 90 }],
  [{ retention_days: 14 }, { open: 14, project: 14, direct: 14, coordination: 14 }],
  [
    {
      retention_days: 14,
      workspace_defaults: { open: { retention_days: 1 }, direct: { retention_days: 0 } },
    },
    { open: 1, project: 14, direct: 0, coordination: 14 },
  ],
])('%j keeps what was said for %j days', (workLogs, days) => {
  expect(retentionDays(configFile.parse({ work_logs: workLogs }))).toEqual(days);
});
