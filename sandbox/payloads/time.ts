/** An instant (ms UTC) as Discord writes it: `2026-05-27T15:58:51.545000+00:00`. */
export function timestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}000+00:00`;
}
