import { boolean, isRecord, list, listAt, object, oneOf, snowflake, type Check } from './checks.ts';

const shape = object({
  parse: list(oneOf(['everyone', 'roles', 'users']), { max: 3, unique: true }),
  users: list(snowflake, { max: 100, unique: true }),
  roles: list(snowflake, { max: 100, unique: true }),
  replied_user: boolean,
});

/** `parse` allows all of a kind, an id list some of it: of one kind only one of the two may be given. */
export const allowedMentions: Check = (value, form) => {
  shape(value, form);
  if (!isRecord(value)) return;
  for (const kind of ['users', 'roles'] as const) {
    if (listAt(value, 'parse').includes(kind) && listAt(value, kind).length > 0) {
      form.fail(
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
};
