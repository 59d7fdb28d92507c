import type { Author } from '../domain/author.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Db } from './sqlite.ts';

/** To whom else the answer goes, each once: those who asked the same while it waited. */
export function prepareOthers(db: Db): (escalation: Pick<Escalation, 'id' | 'answerTo'>) => Author[] {
  const others = db.prepare<[number, string], Author>(`
    SELECT DISTINCT a.key, a.name, a.kind FROM escalations x JOIN authors a ON a.id = x.answer_to
    WHERE x.merged_into = ? AND a.key <> ? ORDER BY a.id`);
  return ({ id, answerTo }) => others.all(id, answerTo.key);
}
