import {
  boolean,
  byType,
  integer,
  isRecord,
  list,
  listAt,
  object,
  oneOf,
  string,
  textAt,
  lengthOf,
  type Check,
} from './checks.ts';
import { flatten, refuseRepeated } from './components.ts';
import { common, customId, Kind, selects, textDisplay } from './parts.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
const maxRows = 5;

const inputFields = {
  ...common,
  custom_id: customId,
  style: oneOf([1, 2]),
  label: string({ min: 1, max: 45 }),
  min_length: integer({ min: 0, max: 4000 }),
  max_length: integer({ min: 1, max: 4000 }),
  required: boolean,
  value: string({ max: 4000 }),
  placeholder: string({ max: 100 }),
};

const rowInput = textInput(object(inputFields, ['custom_id', 'style', 'label']));
const labelInput = textInput(object(inputFields, ['custom_id', 'style']));

const choice = object(
  {
    label: string({ min: 1, max: 100 }),
    value: string({ min: 1, max: 100 }),
    description: string({ max: 100 }),
    default: boolean,
  },
  ['label', 'value'],
);
const counts = {
  custom_id: customId,
  required: boolean,
  min_values: integer({ min: 0, max: 10 }),
  max_values: integer({ min: 1, max: 10 }),
};

const inLabel: Record<number, Check> = {
  ...selects,
  [Kind.textInput]: labelInput,
  [Kind.fileUpload]: object({ ...common, ...counts }, ['custom_id']),
  [Kind.radioGroup]: object(
    { ...common, custom_id: customId, required: boolean, options: list(choice, { min: 2, max: 10 }) },
    ['custom_id', 'options'],
  ),
  [Kind.checkboxGroup]: object({ ...common, ...counts, options: list(choice, { min: 1, max: 10 }) }, [
    'custom_id',
    'options',
  ]),
  [Kind.checkbox]: object({ ...common, custom_id: customId, default: boolean }, ['custom_id']),
};

const topLevel = byType({
  [Kind.row]: object(
    { ...common, components: list(byType({ [Kind.textInput]: rowInput }), { min: 1, max: 1 }) },
    ['components'],
  ),
  [Kind.label]: object(
    {
      ...common,
      label: string({ min: 1, max: 45 }),
      description: string({ min: 1, max: 100 }),
      component: byType(inLabel),
    },
    ['label', 'component'],
  ),
  [Kind.text]: textDisplay,
});

const shape = object(
  {
    custom_id: customId,
    title: string({ min: 1, max: 45 }),
    components: list(topLevel, { min: 1, max: maxRows }),
  },
  ['custom_id', 'title', 'components'],
);

/** The `data` of a modal (callback type 9). */
export const modal: Check = (value, form) => {
  shape(value, form);
  const parts = flatten(listAt(value, 'components'), form.at('components'));
  refuseRepeated(
    parts,
    'custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
    'Component custom id cannot be duplicated',
  );
};

function textInput(shape: Check): Check {
  return (value, form) => {
    shape(value, form);
    if (!isRecord(value)) return;
    const { min_length: least, max_length: most } = value;
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      form.at('min_length').fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
    }
    if (typeof most === 'number' && lengthOf(textAt(value, 'value')) > most) {
      form.at('value').fail('BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
    }
  };
}
