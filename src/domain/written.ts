/** What a person wrote in one workspace. */
export interface Written {
  workspaceId: number;
  /** How many steps that still have their text. */
  steps: number;
  /** ms UTC of the first and the latest of them. */
  from: number;
  to: number;
}
