import {
  anything,
  boolean,
  byType,
  integer,
  isAbsent,
  isRecord,
  lengthOf,
  list,
  listAt,
  object,
  openObject,
  string,
  textAt,
  url,
  type Check,
} from './checks.ts';
import type { Form } from './form.ts';
import { button, common, Kind, selects, textDisplay } from './parts.ts';

/** https://docs.discord.com/developers/components/reference */
const maxRows = 5;
const maxComponents = 40;
const maxText = 4000;

export interface ComponentRules {
  /** Whether the message has the flag IS_COMPONENTS_V2. */
  v2: boolean;
  /** Names of the files that `attachment://` may refer to. */
  fileNames: readonly string[];
}

/** The components of one message: every part by itself, then what holds for all of them together. */
export function components(rules: ComponentRules): Check {
  const shape = rules.v2
    ? list(byType(layouts), { max: maxComponents })
    : list(byType({ [Kind.row]: row }), { max: maxRows });
  return (value, form) => {
    shape(value, form);
    const parts = flatten(value, form);
    refuseRepeated(
      parts,
      'custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    );
    refuseRepeated(parts, 'id', 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
    refuseStrayFiles(parts, rules.fileNames);
    if (parts.length > maxComponents) {
      form.fail(
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `The total number of components cannot exceed ${maxComponents}`,
      );
    }
    const shown = parts.reduce(
      (sum, { part }) => sum + (part['type'] === Kind.text ? lengthOf(textAt(part, 'content')) : 0),
      0,
    );
    if (shown > maxText) {
      form.fail(
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `The total displayable text size exceeds maximum size of ${maxText}`,
      );
    }
  };
}

const rowItems = byType({ [Kind.button]: button, ...selects });
const rowShape = object({ ...common, components: list(rowItems, { min: 1, max: 5 }) }, ['components']);

/** Five buttons or one select: a select is as wide as the row. */
const row: Check = (value, form) => {
  rowShape(value, form);
  const items = listAt(value, 'components');
  const widths = items.map((item) => (isRecord(item) && item['type'] !== Kind.button ? 5 : 1));
  if (items.length <= 5 && widths.reduce((sum, width) => sum + width, 0) > 5) {
    form
      .at('components', items.length - 1)
      .fail('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
};

// A media item that Discord returned once may be sent again with what Discord added to it.
const media = openObject({ url: url(['http', 'https', 'attachment']) }, ['url']);
const attached = openObject({ url: url(['attachment']) }, ['url']);
const described = { media, description: string({ min: 1, max: 1024 }), spoiler: boolean };

const thumbnail = object({ ...common, ...described }, ['media']);
const section = object(
  {
    ...common,
    components: list(byType({ [Kind.text]: textDisplay }), { min: 1, max: 3 }),
    accessory: byType({ [Kind.button]: button, [Kind.thumbnail]: thumbnail }),
  },
  ['components', 'accessory'],
);
const gallery = object({ ...common, items: list(object(described, ['media']), { min: 1, max: 10 }) }, [
  'items',
]);
const file = object({ ...common, file: attached, spoiler: boolean, name: anything, size: anything }, [
  'file',
]);
const separator = object({ ...common, divider: boolean, spacing: integer({ min: 1, max: 2 }) });

const inContainer: Record<number, Check> = {
  [Kind.row]: row,
  [Kind.section]: section,
  [Kind.text]: textDisplay,
  [Kind.gallery]: gallery,
  [Kind.file]: file,
  [Kind.separator]: separator,
};
const container = object(
  {
    ...common,
    components: list(byType(inContainer), { min: 1, max: maxComponents }),
    accent_color: integer({ min: 0, max: 0xffffff }),
    spoiler: boolean,
  },
  ['components'],
);
const layouts: Record<number, Check> = { ...inContainer, [Kind.container]: container };

interface Placed {
  part: Record<string, unknown>;
  form: Form;
}

/** Every component of a list, those inside others included, outermost first. */
export function flatten(value: unknown, form: Form): Placed[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((part, index) => (isRecord(part) ? flattenOne(part, form.at(index)) : []));
}

function flattenOne(part: Record<string, unknown>, form: Form): Placed[] {
  const single = (['accessory', 'component'] as const).flatMap((key) => {
    const inner = part[key];
    return isRecord(inner) ? flattenOne(inner, form.at(key)) : [];
  });
  return [{ part, form }, ...flatten(part['components'], form.at('components')), ...single];
}

/** Reports every component whose `key` an earlier one already has. */
export function refuseRepeated(parts: Placed[], key: string, code: string, message: string): void {
  const seen = new Set<unknown>();
  for (const { part, form } of parts) {
    const value = part[key];
    if (isAbsent(value) || value === 0) continue;
    if (seen.has(value)) form.at(key).fail(code, message);
    seen.add(value);
  }
}

function refuseStrayFiles(parts: Placed[], fileNames: readonly string[]): void {
  for (const { part, form } of parts) {
    const items = listAt(part, 'items').map(
      (item, index) => [item, form.at('items', index, 'media')] as const,
    );
    checkReference(part['media'], form.at('media'), fileNames);
    checkReference(part['file'], form.at('file'), fileNames);
    for (const [item, place] of items)
      checkReference(isRecord(item) ? item['media'] : undefined, place, fileNames);
  }
}

function checkReference(media: unknown, form: Form, fileNames: readonly string[]): void {
  const name = /^attachment:\/\/(.+)$/.exec(textAt(media, 'url'))?.[1];
  if (name === undefined || fileNames.includes(name)) return;
  form
    .at('url')
    .fail(
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      `The referenced attachment ${name} was not found`,
    );
}
