/** What was done in a workspace up to a day's time of reporting. */
export interface DayReport {
  workspaceId: number;
  /** ms UTC, `from` included, `to` not. */
  from: number;
  to: number;
  /** It was noted well after it was due: the bot was not running then, or the clock of its server was set anew. */
  late: boolean;
}

export interface ReportStore {
  /**
   * Notes the report of a day, which began at `dayFrom`, and queues it when it is to be posted, in one transaction; false when that day
   * has its report already. All in ms UTC.
   */
  note(report: DayReport, day: { dayFrom: number; isPosted: boolean }, at: number): Promise<boolean>;
  /** By the instant up to which it tells. */
  get(workspaceId: number, to: number): Promise<DayReport | null>;
  /** The one that reaches furthest. */
  latest(workspaceId: number): Promise<DayReport | null>;
  /** Up to when a person has looked at what was done; null: never. */
  looked(userId: string, workspaceId: number): Promise<number | null>;
  look(userId: string, workspaceId: number, at: number): Promise<void>;
}
