/** What Discord's own client would not let a person do: press a disabled button, leave out a required option. */
export class RefusedByClient extends Error {
  override readonly name = 'RefusedByClient';
}
