import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { APIMessageTopLevelComponent, ChatInputCommandInteraction } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import type { App } from '../../src/app.ts';
import type { Command } from '../../src/discord/command.ts';
import { respond, turn } from '../../src/discord/respond.ts';
import { createRouter, PATIENCE as DEFAULT_PATIENCE } from '../../src/discord/router.ts';
import { UserError } from '../../src/errors.ts';
import { setStage } from '../support/discord-js.ts';
import type { Stage } from '../support/discord-js.ts';

/** So long, in ms, handlers may take here before they are deferred. */
const PATIENCE = 40;

let stage: Stage;
let lines: string[];
beforeEach(async () => {
  stage = await setStage();
  lines = [];
});
afterEach(() => stage.close());

const longer = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 3 * PATIENCE);
  });

type Handler = Command<ChatInputCommandInteraction>;

/** Deploys `/ask` with this handler, and routes to it. */
async function serve(run: Handler['run'], more: Partial<Handler> = {}, patience = PATIENCE): Promise<void> {
  const command: Handler = {
    data: {
      name: 'ask',
      description: 'Ask something',
      options: [
        { type: ApplicationCommandOptionType.String, name: 'what', description: 'What', autocomplete: true },
      ],
    },
    run,
    ...more,
  };
  await stage.client.application.commands.set([command.data]);
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const route = createRouter([command as Command], { log } as App, patience);
  stage.handle(route);
}

const ask = () => stage.ana.in(stage.channel).command('ask');

const buttons: APIMessageTopLevelComponent[] = [
  {
    type: 1,
    components: [
      { type: 2, style: 2, label: 'Known', custom_id: 'ask:1:two' },
      { type: 2, style: 2, label: 'Old', custom_id: 'former:1' },
    ],
  },
];
const withButtons = { content: 'Choose', components: buttons };

describe('a command', () => {
  test('is answered to the asker alone', async () => {
    await serve((interaction) => respond(interaction, { content: 'Here' }));
    const run = await ask();
    expect((await run.reply()).content).toBe('Here');
    expect(run.ephemeral).toBe(true);
  });

  test('that takes its time is deferred, and its answer comes in place of the waiting', async () => {
    await serve(async (interaction) => {
      await longer();
      await respond(interaction, {
        components: [{ type: 10, content: 'Late' }],
        flags: MessageFlags.IsComponentsV2,
      });
      await respond(interaction, { content: 'And more' });
    });
    const run = await ask();
    expect(run.response?.type).toBe(5);
    expect((await run.reply()).components).toMatchObject([{ content: 'Late' }]);
    expect(run.ephemeral).toBe(true);
    await expect.poll(() => run.followUps.map(({ content }) => content)).toEqual(['And more']);
  });

  test('is deferred within the three seconds that Discord waits, though the way there takes one', async () => {
    const answered = Promise.withResolvers<void>();
    await serve(
      async (interaction) => {
        await answered.promise;
        await respond(interaction, { content: 'Late' });
      },
      {},
      DEFAULT_PATIENCE,
    );
    stage.discord.faults.failRest({ delayMs: 1000, path: /callback/ });
    const run = await ask();
    await expect.poll(() => run.response?.type, { timeout: 4000 }).toBe(5);
    answered.resolve();
    await expect.poll(async () => (await run.reply()).content).toBe('Late');
  });

  test.each([
    ['overtakes the deferral', PATIENCE + 15],
    ['is overtaken by the deferral', PATIENCE - 15],
  ])('whose answer %s is answered all the same', async (_, wait) => {
    await serve(async (interaction) => {
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
      await respond(interaction, { content: 'Just then' });
    });
    stage.discord.faults.failRest({ delayMs: 60, path: /callback/ });
    const run = await ask();
    await expect.poll(async () => (await run.reply()).content).toBe('Just then');
    expect(lines).toEqual([]);
  });

  test('that the asker can mend shows them how', async () => {
    await serve(async () => {
      throw new UserError('Name a channel.');
    });
    const run = await ask();
    expect((await run.reply()).content).toBe('Name a channel.');
    expect(run.ephemeral).toBe(true);
    expect(lines).toEqual([]);
  });

  test.each([
    ['at once', async () => {}],
    ['after it was deferred', longer],
  ])('that fails %s gives the person a number, and the log the fault with it', async (_, wait) => {
    await serve(async () => {
      await wait();
      throw new Error('secret detail');
    });
    const { content } = await (await ask()).reply();
    const id = /number ([0-9a-f]{8})/.exec(content)?.[1];
    expect(content).not.toContain('secret detail');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      id,
      interaction: 'ask',
      err: { message: 'secret detail' },
    });
  });

  test('that is no longer ours is explained', async () => {
    await serve(async () => {});
    await stage.client.application.commands.create({ name: 'former', description: 'Was here' });
    const run = await stage.ana.in(stage.channel).command('former');
    expect((await run.reply()).content).toContain('no longer mine');
  });

  test('in a direct message is sent to a server', async () => {
    await serve(async () => {
      throw new Error('must not run');
    });
    const run = await stage.ana.in(stage.ana.dm(stage.bot)).command('ask');
    expect((await run.reply()).content).toContain('not in a DM');
  });
});

describe('a component', () => {
  const press = async (which: string) => {
    const asked = await ask();
    return { asked, pressed: await stage.ana.in(stage.channel).click(await asked.reply(), which) };
  };

  test('gets the arguments in its id and changes its message, however long it takes', async () => {
    for (const wait of [async () => {}, longer]) {
      await serve((interaction) => respond(interaction, withButtons), {
        component: {
          name: 'ask',
          async run(interaction, args) {
            await wait();
            if (interaction.isMessageComponent())
              await turn(interaction, { content: args.join(' and '), components: [] });
          },
        },
      });
      const { asked } = await press('ask:1:two');
      await expect.poll(async () => (await asked.reply()).content).toBe('1 and two');
    }
  });

  test('answers with a message of its own, however long it takes', async () => {
    for (const wait of [async () => {}, longer]) {
      await serve((interaction) => respond(interaction, withButtons), {
        component: {
          name: 'ask',
          async run(interaction) {
            await wait();
            await respond(interaction, { content: 'Beside' });
          },
        },
      });
      const { asked, pressed } = await press('ask:1:two');
      await expect
        .poll(() => [pressed.response?.message, ...pressed.followUps].map((message) => message?.content))
        .toContain('Beside');
      expect((await asked.reply()).content).toBe('Choose');
    }
  });

  test('that nobody knows any longer says so', async () => {
    await serve((interaction) => respond(interaction, withButtons));
    const { pressed } = await press('former:1');
    expect((await pressed.reply()).content).toContain('run the command again');
  });
});

describe('suggestions', () => {
  const suggest = () => stage.ana.in(stage.channel).autocomplete('ask', { focused: 'what', value: 'a' });

  test('come from the command', async () => {
    await serve(async () => {}, {
      autocomplete: (interaction) => interaction.respond([{ name: 'An answer', value: 'a' }]),
    });
    expect(await suggest()).toMatchObject([{ name: 'An answer', value: 'a' }]);
  });

  test('are none when the command has none, or fails', async () => {
    await serve(async () => {});
    expect(await suggest()).toEqual([]);
    await serve(async () => {}, { autocomplete: () => Promise.reject(new Error('broken')) });
    expect(await suggest()).toEqual([]);
    expect(lines.join('')).toContain('broken');
  });
});

test('an answer that comes too late for Discord is logged and harms nobody', async () => {
  const clock = manualClock();
  await stage.close();
  stage = await setStage({ clock });
  await serve(async (interaction) => {
    clock.advance(3001);
    await respond(interaction, { content: 'Too late' });
  });
  expect((await ask()).failed).toBe(true);
  await expect.poll(() => lines.join('')).toContain('could not be answered');
  expect(lines[0]).toContain('answered too late');
});
