/** A message with every component, a form with every field, a command with every kind of option. */

export const EVERYTHING = [
  { type: 10, content: '# A text\nwith `code`' },
  {
    type: 17,
    accent_color: 0xff8800,
    components: [
      {
        type: 9,
        components: [{ type: 10, content: 'Beside it' }],
        accessory: { type: 11, media: { url: 'attachment://point.png' }, description: 'A point' },
      },
      {
        type: 9,
        components: [{ type: 10, content: 'With a button' }],
        accessory: { type: 2, style: 2, label: 'Here', custom_id: 'here', emoji: { name: '🔧' } },
      },
      { type: 14, divider: true, spacing: 2 },
      {
        type: 12,
        items: [
          { media: { url: 'attachment://point.png' } },
          { media: { url: 'attachment://point.png' }, description: 'Again' },
        ],
      },
      { type: 13, file: { url: 'attachment://log.txt' } },
      {
        type: 1,
        components: [
          { type: 2, style: 1, label: 'Primary', custom_id: 'b1' },
          { type: 2, style: 3, label: 'Success', custom_id: 'b3' },
          { type: 2, style: 4, label: 'Danger', custom_id: 'b4' },
          { type: 2, style: 2, label: 'Off', custom_id: 'b2', disabled: true },
          { type: 2, style: 5, label: 'Docs', url: 'https://docs.example' },
        ],
      },
      { type: 1, components: [{ type: 8, custom_id: 'c', placeholder: 'A channel' }] },
    ],
  },
];

export const FORM = {
  custom_id: 'form',
  title: 'A form',
  components: [
    { type: 10, content: 'Some words **before**.' },
    { type: 18, label: 'Why?', description: 'In a word', component: { type: 4, custom_id: 'why', style: 1 } },
    {
      type: 18,
      label: 'Which?',
      component: {
        type: 3,
        custom_id: 'which',
        options: [
          { label: 'One', value: 'one' },
          { label: 'Two', value: 'two' },
        ],
      },
    },
    { type: 18, label: 'Sure?', component: { type: 23, custom_id: 'sure' } },
    {
      type: 18,
      label: 'When?',
      component: {
        type: 21,
        custom_id: 'when',
        options: [
          { label: 'Now', value: 'now' },
          { label: 'Later', value: 'later' },
        ],
      },
    },
  ],
};

export const COMMAND = {
  name: 'basket',
  description: 'A basket',
  options: [
    {
      type: 1,
      name: 'add',
      description: 'Puts fruit in',
      options: [
        { type: 3, name: 'fruit', description: 'Which', required: true, autocomplete: true },
        { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 9 },
        { type: 6, name: 'who', description: 'For whom' },
        { type: 5, name: 'now', description: 'At once' },
        { type: 7, name: 'where', description: 'Channel' },
      ],
    },
    { type: 1, name: 'clear', description: 'Takes all out' },
  ],
};
