import { askAll } from './how/measure.ts';
import { runOnAnnotated } from './how/program.ts';
import { report } from './how/report.ts';

await runOnAnnotated({
  name: 'bench:how',
  description: `Measures how well /how finds the step that people speak of: each annotation of a recorded conversation is asked as a question in
the conversation's own workspace, with all the others in the same database.`,
  measure: async (conversations, recording) => report(await askAll(conversations, recording)),
});
