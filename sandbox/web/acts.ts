import { z } from 'zod';
import type { Core } from '../core.ts';
import type { PersonPlace } from '../people/person-place.ts';
import type { Run } from '../people/run.ts';
import type { FieldValue } from '../people/modals.ts';
import type { OptionValue } from '../people/options.ts';
import { RefusedByClient } from '../people/refusal.ts';
import { newest } from './reading.ts';
import { keepModal } from './visits.ts';
import type { Visit } from './visits.ts';

/** Everything that a person can do from the page: the name in the address, the body's shape, and who does it. */
export const acts: Record<string, Act> = {
  read: act({ before: idIn().optional(), around: idIn().optional() }, newest),
  commands: act({}, ({ place }) =>
    place.commands().map(({ command, applicationId }) => ({ ...command, application_id: applicationId })),
  ),
  send: act(
    {
      content: z.string().default(''),
      replyTo: idIn().optional(),
      files: z.array(fileIn()).max(10).default([]),
    },
    ({ place }, { content, replyTo, files }) => {
      const said = { content, files, ...(replyTo !== undefined && { replyTo: { id: replyTo } }) };
      return { id: place.send(said).id };
    },
  ),
  edit: act({ message: idIn(), content: z.string() }, ({ place }, { message, content }) => {
    place.edit({ id: message }, content);
  }),
  delete: act({ message: idIn() }, ({ place }, { message }) => place.delete({ id: message })),
  react: act({ message: idIn(), emoji: z.string().max(100) }, ({ place }, { message, emoji }) =>
    place.react({ id: message }, emoji),
  ),
  unreact: act({ message: idIn(), emoji: z.string().max(100) }, ({ place }, { message, emoji }) =>
    place.unreact({ id: message }, emoji),
  ),
  typing: act({}, ({ place }) => place.typing()),
  thread: act(
    { name: z.string().min(1).max(100), message: idIn().optional() },
    ({ place }, { name, message }) => {
      const thread = place.startThread({ name, ...(message !== undefined && { message: { id: message } }) });
      return { id: thread.id };
    },
  ),
  dm: act({ user: idIn() }, ({ core, visit: { person } }, { user }) => {
    if (!core.world.users.has(user)) throw new RefusedByClient('There is nobody like that here.');
    const { id } = person.dm({ id: user });
    core.events.toUser(person.id, 0, 'CHANNEL_CREATE', { id });
    return { id };
  }),
  command: act(
    { path: z.string().max(200), options: z.record(z.string(), optionIn()), app: idIn() },
    async ({ visit, place }, { path, options, app }) =>
      outcomeOf(
        visit,
        await place.command(path, options as Record<string, OptionValue>, { app: { id: app } }),
      ),
  ),
  complete: act(
    {
      path: z.string().max(200),
      app: idIn(),
      focused: z.string(),
      value: z.string().max(6000),
      options: z.record(z.string(), optionIn()),
    },
    async ({ place }, { path, app, options, ...typed }) => ({
      choices: await place.autocomplete(path, {
        ...typed,
        options: options as Record<string, OptionValue>,
        app: { id: app },
      }),
    }),
  ),
  onMessage: act({ name: z.string(), message: idIn(), app: idIn() }, async ({ visit, place }, said) =>
    outcomeOf(visit, await place.messageCommand(said.name, { id: said.message }, { app: { id: said.app } })),
  ),
  onUser: act({ name: z.string(), user: idIn(), app: idIn() }, async ({ visit, place }, said) =>
    outcomeOf(visit, await place.userCommand(said.name, { id: said.user }, { app: { id: said.app } })),
  ),
  click: act({ message: idIn(), component: z.string() }, async ({ visit, place }, { message, component }) =>
    outcomeOf(visit, await place.click({ id: message }, component)),
  ),
  select: act(
    { message: idIn(), component: z.string(), values: z.array(z.string()).max(25) },
    async ({ visit, place }, { message, component, values }) =>
      outcomeOf(visit, await place.select({ id: message }, component, values)),
  ),
  submit: act(
    { modal: idIn(), fields: z.record(z.string(), fieldIn()) },
    async ({ visit, place }, { modal: id, fields }) => {
      const modal = visit.modals.get(id);
      if (modal === undefined) throw new RefusedByClient('This form is not open any more.');
      const run = await place.submit(modal, fields as Record<string, FieldValue>);
      visit.modals.delete(id);
      return outcomeOf(visit, run);
    },
  ),
};

/** Where an act happens, and who acts. */
export interface Stage {
  core: Core;
  visit: Visit;
  place: PersonPlace;
}

/** @throws ZodError for a body of another shape; RefusedByClient or DiscordError for what this person may not do */
export type Act = (stage: Stage, body: unknown) => unknown;

function act<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (stage: Stage, said: z.infer<z.ZodObject<Shape>>) => unknown,
): Act {
  const body = z.object(shape);
  return (stage, said) => run(stage, body.parse(said) as z.infer<z.ZodObject<Shape>>);
}

/** What the page is told of an interaction; messages come over the socket. */
function outcomeOf(visit: Visit, run: Run): object {
  const { modal } = run;
  if (modal === undefined) return { failed: run.failed };
  keepModal(visit, modal);
  const { interaction, ...form } = modal;
  return { failed: false, modal: { ...form, id: interaction.id } };
}

// Hoisted: the table above is made of them.
function idIn() {
  return z.string().regex(/^\d{1,20}$/);
}

function fileIn() {
  const data = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return z.object({ name: z.string().min(1).max(260), contentType: z.string().max(200).optional(), data });
}

function optionIn() {
  return z.union([z.string(), z.number(), z.boolean(), fileIn()]);
}

function fieldIn() {
  return z.union([z.string(), z.boolean(), z.array(z.union([z.string(), fileIn()]))]);
}
