import { matchAt } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Finds the values in the `data` of a Kubernetes Secret manifest: base64, whatever their names are. */
export const kubernetesRule: Rule = {
  certainty: 'called secret',
  triggers: ['data:', 'stringdata:'],
  find(text, at) {
    const block = matchAt(DATA, text, at);
    if (block === null || !KIND.test(text.slice(Math.max(0, at - NEAR), at + block[0].length + NEAR)))
      return null;
    const start = at + block[0].length - block[1]!.length;
    return { start, end: at + block[0].length, kind: 'kubernetes-secret' };
  },
};

/** How far from its data the kind of a manifest is looked for, in characters. */
const NEAR = 600;
const KIND = /\bkind:[ \t]*["']?secret\b/i;
/** From the first entry with a value to the last: lines that are indented. Comments and empty values stand between them. */
const DATA =
  /(?<![A-Za-z])(?:string)?data:[ \t]*\n(?:[ \t]+#[^\n]{0,200}\n|[ \t]*\n){0,5}[ \t]+([\w.-]{1,100}:[ \t]*(?:[|>][-+]?\s+)?["']?[A-Za-z0-9+/]{8,8192}={0,2}["']?(?:\n[ \t]+(?:#[^\n]{0,200}|[\w.-]{1,100}:[ \t]*(?:[|>][-+]?\s+)?["']?[A-Za-z0-9+/]{0,8192}={0,2}["']?)(?=\n|$)){0,50})/iy;
