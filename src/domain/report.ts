/**
 * What a program reports over a door is no message in Discord, so it has an id of its own kind in the place of a message's: an `a` and
 * 15 more letters and digits. It is shorter than any id that Discord gives, so that it counts as older than all of them.
 */
export const REPORT_ID_LENGTH = 16;

/** True for the id of a report, false for that of a message. */
export function isReportId(id: string): boolean {
  return id.startsWith('a');
}
