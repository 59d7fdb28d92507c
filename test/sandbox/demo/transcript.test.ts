import { expect, test } from 'vitest';
import { openTheatre } from './support.ts';

test('what is said is printed as it is said, numbered, under the place where it is said', async () => {
  await using theatre = await openTheatre();
  const { cast, stage, printed } = theatre;
  const ana = cast.people.get('ana')!;
  const coder = cast.agents.get('coder')!;
  stage.transcript.follow(() => ana);
  const general = cast.channels.get('general')!;
  const ask = ana.in(general).send(`<@${coder.id}> please look`);
  coder.in(general).send({ content: 'Looking.', replyTo: ask });
  const thread = coder.in(general).startThread({ name: 'findings', message: ask });
  coder.in(thread).send('All \u001B[31mgreen\u001B[0m.');
  expect(printed().split('\n')).toEqual([
    '',
    `── #general ${'─'.repeat(68)}`,
    '   1 Ana         @coder please look',
    '   2 coder       ↪ 1 Looking.',
    '',
    `── #general › findings ${'─'.repeat(57)}`,
    '   3 coder       All green.',
    '',
  ]);
  expect(stage.transcript.message(1)?.id).toBe(ask.id);
});

test('an edit is printed again under its number; a reaction is not', async () => {
  await using theatre = await openTheatre();
  const { cast, stage, printed } = theatre;
  const ana = cast.people.get('ana')!;
  stage.transcript.follow(() => ana);
  const place = ana.in(cast.channels.get('general')!);
  const message = place.send('one');
  printed();
  place.react(message, '👍');
  expect(printed()).toBe('');
  place.edit(message, 'two');
  expect(printed()).toBe('   1 Ana         (edited) two\n');
});

test('only what the one who watches can see is printed', async () => {
  await using theatre = await openTheatre();
  const { cast, stage, printed } = theatre;
  const { people, agents, channels } = cast;
  let watcher = people.get('outsider')!;
  const stop = stage.transcript.follow(() => watcher);
  agents.get('nanobot')!.in(channels.get('project-refactor')!).send('secret');
  expect(printed()).toBe('');
  watcher = people.get('ben')!;
  agents.get('nanobot')!.in(channels.get('project-refactor')!).send('for the team');
  expect(printed()).toContain('nanobot     for the team');
  stop();
  people.get('ana')!.in(channels.get('general')!).send('unheard');
  expect(printed()).toBe('');
});

test('a webhook is printed by the name it goes by', async () => {
  await using theatre = await openTheatre();
  const { cast, stage, printed } = theatre;
  stage.transcript.follow(() => cast.people.get('ana')!);
  cast.channels
    .get('general')!
    .createWebhook({ name: 'CI' })
    .send({ content: 'Build 7 passed.', username: 'build-server-7' });
  expect(printed().split('\n').slice(2)).toEqual([
    '   1 build-server-7',
    '                 Build 7 passed.',
    '',
  ]);
});
