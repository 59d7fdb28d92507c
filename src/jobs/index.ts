import { closeIdle } from './close-idle.ts';
import type { Job } from './job.ts';

export const jobs: readonly Job[] = [closeIdle];
