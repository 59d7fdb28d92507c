import {
  anything,
  boolean,
  integer,
  isAbsent,
  isRecord,
  list,
  listAt,
  object,
  oneOf,
  snowflake,
  string,
  textAt,
  url,
  type Check,
} from './checks.ts';
import type { Form } from './form.ts';

/** Component types: https://docs.discord.com/developers/components/reference#component-object-component-types */
export const Kind = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

const premiumStyle = 6;
const linkStyle = 5;

export const customId = string({ min: 1, max: 100 });

/** Members every component has. */
export const common = { type: anything, id: integer({ min: 0, max: 2 ** 31 - 1 }) };

export const emoji: Check = (value, form) => {
  object({ id: snowflake, name: string({ max: 32 }), animated: boolean })(value, form);
  if (!isRecord(value) || !isAbsent(value['id'])) return;
  if (!/^(\p{RGI_Emoji}|\p{Extended_Pictographic})$/v.test(textAt(value, 'name'))) {
    form.at('name').fail('COMPONENT_INVALID_EMOJI', 'Invalid emoji');
  }
};

const buttonShape = object(
  {
    ...common,
    style: oneOf([1, 2, 3, 4, 5, 6]),
    label: string({ max: 80 }),
    emoji,
    custom_id: customId,
    url: url(['http', 'https', 'discord'], 512),
    sku_id: snowflake,
    disabled: boolean,
  },
  ['style'],
);

/** A button has what its style needs: a link an address, a premium button a SKU, any other a custom id. */
export const button: Check = (value, form) => {
  buttonShape(value, form);
  if (!isRecord(value)) return;
  const [hasId, hasUrl] = [!isAbsent(value['custom_id']), !isAbsent(value['url'])];
  if (value['style'] === premiumStyle) {
    if (isAbsent(value['sku_id'])) form.at('sku_id').required();
    return;
  }
  if (hasId && hasUrl) {
    form.fail(
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  } else if (value['style'] === linkStyle && !hasUrl) {
    form.at('url').fail('BUTTON_COMPONENT_URL_REQUIRED', 'A url is required');
  } else if (value['style'] !== linkStyle && !hasId) {
    form.at('custom_id').fail('BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
  }
  if (textAt(value, 'label') === '' && isAbsent(value['emoji'])) form.at('label').required();
};

const anySelect = {
  ...common,
  custom_id: customId,
  placeholder: string({ max: 150 }),
  min_values: integer({ min: 0, max: 25 }),
  max_values: integer({ min: 1, max: 25 }),
  disabled: boolean,
  required: boolean,
};

const option = object(
  {
    label: string({ min: 1, max: 100 }),
    value: string({ min: 1, max: 100 }),
    description: string({ max: 100 }),
    emoji,
    default: boolean,
  },
  ['label', 'value'],
);

const stringSelectShape = object({ ...anySelect, options: list(option, { min: 1, max: 25 }) }, [
  'custom_id',
  'options',
]);

export const stringSelect: Check = (value, form) => {
  stringSelectShape(value, form);
  const options = listAt(value, 'options');
  const { least, most } = bounds(value);
  if (least > most)
    form.at('min_values').fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
  if (options.length > 0 && options.length < most) {
    form.at('options').fail('BASE_TYPE_BAD_LENGTH', `Must be between ${most} and 25 in length.`);
  }
  refuseRepeatedValues(options, form.at('options'));
  const preset = options.filter((one) => isRecord(one) && one['default'] === true).length;
  if (preset > most) tooManyDefaults(form.at('options'));
};

export const userSelect = entitySelect(['user']);
export const roleSelect = entitySelect(['role']);
export const mentionableSelect = entitySelect(['user', 'role']);
export const channelSelect = entitySelect(['channel'], { channel_types: list(integer({ min: 0, max: 16 })) });

/** The selects by component type, as rows and labels hold them. */
export const selects: Record<number, Check> = {
  [Kind.stringSelect]: stringSelect,
  [Kind.userSelect]: userSelect,
  [Kind.roleSelect]: roleSelect,
  [Kind.mentionableSelect]: mentionableSelect,
  [Kind.channelSelect]: channelSelect,
};

export const textDisplay = object({ ...common, content: string({ min: 1, max: 4000 }) }, ['content']);

function entitySelect(kinds: readonly string[], more: Record<string, Check> = {}): Check {
  const preset = object({ id: snowflake, type: oneOf(kinds) }, ['id', 'type']);
  const shape = object({ ...anySelect, ...more, default_values: list(preset, { max: 25 }) }, ['custom_id']);
  return (value, form) => {
    shape(value, form);
    const { least, most } = bounds(value);
    if (least > most)
      form.at('min_values').fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
    if (listAt(value, 'default_values').length > most) tooManyDefaults(form.at('default_values'));
  };
}

/** How few and how many values a select takes; both are 1 unless stated. */
function bounds(select: unknown): { least: number; most: number } {
  const { min_values: least, max_values: most } = isRecord(select) ? select : {};
  return { least: typeof least === 'number' ? least : 1, most: typeof most === 'number' ? most : 1 };
}

function refuseRepeatedValues(options: unknown[], form: Form): void {
  const seen = new Set<string>();
  for (const [index, one] of options.entries()) {
    const value = textAt(one, 'value');
    if (seen.has(value)) {
      form
        .at(index, 'value')
        .fail('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    seen.add(value);
  }
}

function tooManyDefaults(form: Form): void {
  form.fail(
    'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
    'The specified number of default values exceeds the specified maximum values',
  );
}
