/** What was done in a workspace up to a day's time of reporting. */
export interface DayReport {
  workspaceId: number;
  /** `2026-02-13`, by the clock of the zone it was due in. */
  day: string;
  /** ms UTC, `from` included, `to` not. */
  from: number;
  to: number;
  /** The bot was not running when it was due. */
  late: boolean;
}

export interface ReportStore {
  /** Notes the report of a day and queues it when it is to be posted, in one transaction; false when that day has its report already. */
  note(report: DayReport, isPosted: boolean, at: number): Promise<boolean>;
  get(workspaceId: number, day: string): Promise<DayReport | null>;
  /** The one that reaches furthest. */
  latest(workspaceId: number): Promise<DayReport | null>;
  /** Up to when a person has looked at what was done; null: never. */
  looked(userId: string, workspaceId: number): Promise<number | null>;
  look(userId: string, workspaceId: number, at: number): Promise<void>;
}
