import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { markdown } from '../../../../sandbox/web/page/model/markdown.js';

/** Writes what was read as short tags, to compare with. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join('');
  const { kind, inner, blocks, items, text, id, url, ...rest } = value as Record<string, unknown>;
  const parts = [inner, blocks].filter(Array.isArray).map(written).join('');
  switch (kind) {
    case undefined:
      return `<li>${parts}</li>`;
    case 'text':
    case 'everyone':
      return String(text);
    case 'break':
      return '<br>';
    case 'paragraph':
      return parts;
    case 'code':
      return `<code${rest['language'] ? ` ${String(rest['language'])}` : ''}>${String(text)}</code>`;
    case 'link':
      return `<a ${String(url)}>${parts}</a>`;
    case 'list':
      return `<${rest['isOrdered'] ? `ol ${String(rest['start'])}` : 'ul'}>${written(items)}</list>`;
    case 'time':
      return `<time ${String(rest['seconds'])} ${String(rest['style'])}>`;
    case 'heading':
      return `<h${String(rest['level'])}>${parts}</h>`;
    case 'emoji':
    case 'command':
      return `<${kind} ${String(rest['name'])}>`;
    default:
      return id === undefined ? `<${String(kind)}>${parts}</>` : `<${String(kind)} ${String(id)}>`;
  }
}

test.each([
  ['plain', 'plain'],
  [
    '**b** *i* _i_ __u__ ~~s~~ ||p||',
    '<strong>b</> <em>i</> <em>i</> <under>u</> <strike>s</> <spoiler>p</>',
  ],
  ['***both***', '<strong><em>both</></>'],
  ['**a *b* c**', '<strong>a <em>b</> c</>'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['**open and *open', '**open and *open'],
  ['\\*no\\* \\_no\\_', '*no* _no_'],
  ['`a **b** c` ``x`y``', '<code>a **b** c</code> <code>x`y</code>'],
  ['**a `**` b**', '<strong>a <code>**</code> b</>'],
  ['```ts\nlet a;\n```', '<code ts>let a;</code>'],
  ['before\n```\n**raw**\n```\nafter', 'before<code>**raw**</code>after'],
  ['```one line```', '<code>one line</code>'],
  ['a\nb', 'a<br>b'],
  ['# One\n## Two\n### Three\n#### Four', '<h1>One</h><h2>Two</h><h3>Three</h>#### Four'],
  ['#hash -#x', '#hash -#x'],
  ['-# small', '<subtext>small</>'],
  ['> a\n> b\nc', '<quote>a<br>b</>c'],
  ['>>> a\nb', '<quote>a<br>b</>'],
  ['- a\n- b\n  - c\n- d', '<ul><li>a</li><li>b<ul><li>c</li></list></li><li>d</li></list>'],
  ['3. a\n4. b', '<ol 3><li>a</li><li>b</li></list>'],
  ['<@12> <@!13> <@&14> <#15> @everyone @here', '<user 12> <user 13> <role 14> <channel 15> @everyone @here'],
  [
    '<:smile:16> </go now:17> <t:1700000000:R> <t:5>',
    '<emoji smile> <command go now> <time 1700000000 R> <time 5 f>',
  ],
  ['see https://a.example/b_c_(d). And', 'see <a https://a.example/b_c_(d></a>). And'],
  ['<https://a.example>', '<a https://a.example></a>'],
  ['[words **b**](https://a.example/x)', '<a https://a.example/x>words <strong>b</></a>'],
  ['[x](javascript:alert(1)) [y](//a.example)', '[x](javascript:alert(1)) [y](//a.example)'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
])('%j reads as %s', (source, expected) => {
  expect(written(markdown(source))).toBe(expected);
});

test('whatever is written is read, in no time', () => {
  const marks = constantFrom(
    ...'*_~|`>#-[]()<@:\\ \n1.a'.split(''),
    'https://',
    '```',
    '**',
    '<t:',
    '\u202E',
  );
  assert(
    property(array(marks, { maxLength: 400 }), (parts) => {
      const begun = performance.now();
      markdown(parts.join(''));
      expect(performance.now() - begun).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test.each(['*', '_', '`', '[', '> ', '||', '**a *b ', '[a](', '<https://', '` *', '- '])(
  'four thousand of %j hold nothing up',
  (part) => {
    const begun = performance.now();
    markdown(part.repeat(4000 / part.length));
    expect(performance.now() - begun).toBeLessThan(1000);
  },
);
