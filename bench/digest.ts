import { reportAll } from './digest/measure.ts';
import { report } from './digest/report.ts';
import { runOnAnnotated } from './how/program.ts';

await runOnAnnotated({
  name: 'bench:digest',
  description: `Measures how often a report tells of the step that decided how a conversation ended: each annotated conversation is recorded in a
workspace of its own and reported on; the message at fault should be one that a line of the report tells of.`,
  measure: async (conversations, recording) => report(await reportAll(conversations, recording)),
});
