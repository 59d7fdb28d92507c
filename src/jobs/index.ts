import { advanceEscalations } from './advance-escalations.ts';
import { closeIdle } from './close-idle.ts';
import { exchangeInsights } from './exchange-insights.ts';
import { expireArtifacts } from './expire-artifacts.ts';
import { finishErasures } from './finish-erasures.ts';
import { forgetDeparted } from './forget-departed.ts';
import type { Job } from './job.ts';
import { retention } from './retention.ts';
import { postReports } from './post-reports.ts';
import { summariseSessions } from './summarise-sessions.ts';
import { writeSessionFiles } from './write-session-files.ts';

export const jobs: readonly Job[] = [
  advanceEscalations,
  closeIdle,
  exchangeInsights,
  expireArtifacts,
  postReports,
  summariseSessions,
  writeSessionFiles,
  retention,
  finishErasures,
  forgetDeparted,
];
