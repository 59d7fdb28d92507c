/** A place where the official description says something else than Discord does, and what it should say there. */
export interface Exemption {
  /** JSON pointers into the description. */
  at: string[];
  schema: object;
  reason: string;
}

const permissionBits = { type: ['string', 'integer', 'null'], pattern: '^\\d+$' };

const schema = (name: string, ...path: string[]) => ['/components/schemas', name, ...path].join('/');
const property = (name: string, field: string) => schema(name, 'properties', field);

/** Every known deviation of the description; all else that differs from it is a fault of ours. */
export const exemptions: Exemption[] = [
  {
    at: [
      property('ApplicationCommandCreateRequest', 'default_member_permissions'),
      property('ApplicationCommandPatchRequestPartial', 'default_member_permissions'),
      property('ApplicationCommandUpdateRequest', 'default_member_permissions'),
      property('ChannelPermissionOverwriteRequest', 'allow'),
      property('ChannelPermissionOverwriteRequest', 'deny'),
      property('CreateRoleRequest', 'permissions'),
      property('UpdateRoleRequestPartial', 'permissions'),
      '/paths/~1channels~1{channel_id}~1permissions~1{overwrite_id}/put/requestBody/content/application~1json/schema/properties/allow',
      '/paths/~1channels~1{channel_id}~1permissions~1{overwrite_id}/put/requestBody/content/application~1json/schema/properties/deny',
    ],
    schema: permissionBits,
    reason:
      'Permission sets do not fit into a JSON number: Discord documents, sends and takes them as strings.',
  },
  {
    at: [schema('InnerErrors', 'properties', '_errors', 'items')],
    schema: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
    reason:
      'The code of one field’s error is a word such as BASE_TYPE_REQUIRED; only the code of the whole answer is a number.',
  },
];
