import { describe, expect, it } from 'vitest';
import { checkCallback, type CallbackContext } from '../../../sandbox/validate/callback.ts';
import { refusals } from '../../support/refusals.ts';

const files = new Map<string, string>();
const command: CallbackContext = { interactionType: 2, onMessage: false, files };
const component: CallbackContext = {
  interactionType: 3,
  onMessage: true,
  message: { content: 'before' },
  files,
};
const autocomplete: CallbackContext = { interactionType: 4, onMessage: false, files };
const submit: CallbackContext = { interactionType: 5, onMessage: false, files };

const input = (id: string, more: object = {}) => ({ type: 4, custom_id: id, style: 1, ...more });
const label = (component: object) => ({ type: 18, label: 'Why', component });
const modal = (components: object[], more: object = {}) => ({
  type: 9,
  data: { custom_id: 'why', title: 'Why?', components, ...more },
});
const choices = (count: number) => ({
  type: 8,
  data: { choices: Array.from({ length: count }, (_, index) => ({ name: `${index}`, value: `${index}` })) },
});

describe('the response to an interaction', () => {
  it.each<[string, unknown, CallbackContext]>([
    ['a message', { type: 4, data: { content: 'x', flags: 64 } }, command],
    ['a deferral', { type: 5, data: { flags: 64 } }, command],
    ['a deferral without data', { type: 5 }, command],
    ['a deferred update', { type: 6 }, component],
    ['an update that leaves the content', { type: 7, data: { components: [] } }, component],
    ['25 choices', choices(25), autocomplete],
    ['a modal with a row', modal([{ type: 1, components: [input('a', { label: 'A' })] }]), command],
    [
      'a modal with labels and text',
      modal([label(input('a')), label({ type: 5, custom_id: 'b' }), { type: 10, content: 'x' }]),
      component,
    ],
    ['a message for a modal', { type: 4, data: { content: 'x' } }, submit],
  ])('may be %s', (_, body, context) => {
    expect(refusals(() => checkCallback(body, context))).toEqual([]);
  });

  it.each<[string, unknown, CallbackContext, string[]]>([
    ['nothing', {}, command, ['type BASE_TYPE_REQUIRED']],
    ['a message without data', { type: 4 }, command, ['data BASE_TYPE_REQUIRED']],
    ['an empty message', { type: 4, data: {} }, command, ['50006']],
    [
      '2001 characters',
      { type: 4, data: { content: 'x'.repeat(2001) } },
      command,
      ['data.content BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'an unknown field',
      { type: 4, data: { content: 'x', epheremal: true } },
      command,
      ['data.epheremal UNKNOWN_FIELD'],
    ],
    ['an update of no message', { type: 7, data: { content: 'x' } }, command, ['type BASE_TYPE_CHOICES']],
    ['an update to nothing', { type: 7, data: { content: '' } }, component, ['50006']],
    [
      'a message for an autocompletion',
      { type: 4, data: { content: 'x' } },
      autocomplete,
      ['type BASE_TYPE_CHOICES'],
    ],
    ['a modal for a modal', modal([label(input('a'))]), submit, ['type BASE_TYPE_CHOICES']],
    ['26 choices', choices(26), autocomplete, ['data.choices BASE_TYPE_MAX_LENGTH']],
    [
      'a choice without value',
      { type: 8, data: { choices: [{ name: 'x' }] } },
      autocomplete,
      ['data.choices.0.value BASE_TYPE_REQUIRED'],
    ],
    [
      'a choice of 101 characters',
      { type: 8, data: { choices: [{ name: 'x'.repeat(101), value: 'x' }] } },
      autocomplete,
      ['data.choices.0.name BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'text for a number',
      { type: 8, data: { choices: [{ name: 'x', value: 'x' }] } },
      { ...autocomplete, focusedType: 4 },
      ['data.choices.0.value NUMBER_TYPE_COERCE'],
    ],
    ['a modal without rows', modal([]), command, ['data.components BASE_TYPE_BAD_LENGTH']],
    [
      'a modal of 6 rows',
      modal(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => label(input(id)))),
      command,
      ['data.components BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'a modal title of 46',
      modal([label(input('a'))], { title: 'x'.repeat(46) }),
      command,
      ['data.title BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'a modal label of 46',
      modal([{ ...label(input('a')), label: 'x'.repeat(46) }]),
      command,
      ['data.components.0.label BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'one custom id twice in a modal',
      modal([label(input('a')), label(input('a'))]),
      command,
      ['data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'a row input without label',
      modal([{ type: 1, components: [input('a')] }]),
      command,
      ['data.components.0.components.0.label BASE_TYPE_REQUIRED'],
    ],
    [
      'a text of 4001 in an input',
      modal([label(input('a', { value: 'x'.repeat(4001) }))]),
      command,
      ['data.components.0.component.value BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'a button in a modal',
      modal([{ type: 2, style: 1, custom_id: 'b', label: 'x' }]),
      command,
      ['data.components.0.type UNION_TYPE_CHOICES'],
    ],
  ])('may not be %s', (_, body, context, expected) => {
    expect(refusals(() => checkCallback(body, context))).toEqual(expected);
  });
});
