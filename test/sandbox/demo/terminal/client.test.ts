import { expect, test } from 'vitest';
import { Client } from '../../../../sandbox/demo/terminal/client.ts';
import { Seat } from '../../../../sandbox/demo/terminal/seat.ts';
import { openTheatre } from '../support.ts';
import { connectReporter } from './bot.ts';

const nobody = () => Promise.reject(new Error('asked'));

/** Ana sits at the terminal, in #general, and a bot is there. */
async function sitDown() {
  const theatre = await openTheatre();
  const { cast, stage, printed } = theatre;
  const bot = await connectReporter(cast);
  const seat = new Seat(cast, stage, cast.people.get('ana')!, cast.channels.get('general')!.id);
  const client = new Client(cast, stage, seat);
  stage.transcript.follow(() => seat.person);
  return {
    cast,
    seat,
    client,
    printed,
    /** Types a line; resolves with what it printed. */
    async type(line: string, ask: (question: string) => Promise<string> = nobody): Promise<string> {
      await client.enter(line, ask);
      return printed();
    },
    async [Symbol.asyncDispose]() {
      await bot.destroy();
      await theatre[Symbol.asyncDispose]();
    },
  };
}

test('a command is answered, with all that can be pressed numbered', async () => {
  await using table = await sitDown();
  expect(await table.type('/report channel:#general steps:3')).toBe(
    [
      'report on general with 3 steps',
      '[1 📎 log.txt (21 bytes)]',
      '[2 more]  [3 note]',
      '[4 All bots ▾]',
      '(only Ana sees this)',
      '',
    ].join('\n'),
  );
});

test('buttons, selects, modals and files do what their numbers say', async () => {
  await using table = await sitDown();
  await table.type('/report');
  expect(await table.type('1')).toBe('line one\nline two\n');
  expect(await table.type('4')).toBe('   1  coder\n   2  researcher\nType "4 1" for the first of them.\n');
  expect(await table.type('4 3')).toBe('It has the options 1 to 2.\n');
  expect(await table.type('4 2')).toMatch(/^only r\n.*\[6 more\] {2}\[7 note\]/su);
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return 'remember';
  };
  expect(await table.type('7', ask)).toContain('noted: remember');
  expect(questions).toEqual(['What to note: ']);
  await table.type('6');
  await expect.poll(() => table.printed()).toContain('more of it');
  expect(await table.type('99')).toBe('Nothing to press has the number 99.\n');
});

test('what is said can be asked about by its number', async () => {
  await using table = await sitDown();
  expect(await table.type('@nobody is *here*')).toContain('   1 Ana         @nobody is here\n');
  expect(await table.type('report this 1')).toContain('about “@nobody is here”');
  expect(await table.type('report this 2')).toBe('No message has the number 2.\n');
});

test('another person sees and may do only what is theirs', async () => {
  await using table = await sitDown();
  table.cast.people.get('ana')!.in(table.cast.channels.get('project-refactor')!).send('for the team');
  expect(await table.type('#project-refactor')).toContain('Ana         for the team');
  expect(table.seat.label).toBe('Ana #project-refactor');
  await table.type('as outsider');
  expect(table.seat.label).toBe('Outsider #general');
  expect(await table.type('#project-refactor')).toBe(
    'You see no #project-refactor here. You see: #general.\n',
  );
  expect(await table.type('/report channel:#project-refactor')).toBe(
    'channel: there is no #project-refactor.\n',
  );
  expect(await table.type('as nobody')).toBe('There is no nobody. You can be: ana, ben, outsider.\n');
});

test('an unknown command and a wrong value are answered with what can be done', async () => {
  await using table = await sitDown();
  expect(await table.type('/nothing')).toBe('There is no command /nothing. Try one of: /report, /silent.\n');
  expect(await table.type('/report steps:many')).toBe('steps: takes a number.\n');
  expect(await table.type('/report channel:#nowhere')).toBe('channel: there is no #nowhere.\n');
  const help = await table.type('help');
  expect(help).toContain('/report [channel:…] [steps:…] [session:…]\n    Reports\n');
  expect(help).toContain('report this 12\n');
});

test('a bot that does not answer leaves a failed interaction', async () => {
  await using table = await sitDown();
  expect(await table.type('/silent')).toContain('This interaction failed');
}, 10_000);

test('only quit ends it', async () => {
  await using table = await sitDown();
  expect(await table.client.enter('help', nobody)).toBe(true);
  expect(await table.client.enter('quit', nobody)).toBe(false);
});

test('Tab asks the bot for what it completes', async () => {
  await using table = await sitDown();
  expect(await table.client.complete('/report session:7')).toEqual({
    candidates: ['742 '],
    typed: '7',
    notes: ['742  The refactoring'],
  });
  expect((await table.client.complete('#p')).candidates).toEqual(['#project-refactor ']);
});
