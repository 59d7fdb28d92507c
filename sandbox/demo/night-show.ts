import { assemble } from './cast.ts';
import { sequels } from './conversations/sequels.ts';
import { suggestions, welcome } from './guide.ts';
import { pageGuide } from './page-guide.ts';
import type { Show } from './show.ts';
import { tell } from './story.ts';

/** A team and its agents from an evening to the next morning. */
export const nightShow: Show = {
  assemble,
  opening: () => 'general',
  tell,
  sequels,
  welcome,
  guide: pageGuide,
  suggestions,
};
