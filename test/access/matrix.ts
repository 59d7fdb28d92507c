import { PermissionFlagsBits as P } from 'discord.js';
import type { Person } from '../../sandbox/sandbox.ts';
import { Forger } from './forging.ts';
import type { Answer } from './forging.ts';
import { INSIGHT_QUESTIONS, INSIGHT_SURVEYS } from './questions-of-insights.ts';
import { QUESTIONS as LOG_QUESTIONS, SURVEYS as LOG_SURVEYS } from './questions.ts';
import type { Question, Rights, Target } from './questions.ts';
import { nowhere } from './targets.ts';
import type { Town, TownPlace, TownWorkspace } from './town.ts';

/** What came of comparing all answers with what Discord shows. */
export interface Matrix {
  /** One for each person, place and question. */
  cells: number;
  /** What was told to who may not know it. */
  leaks: string[];
  /** What was not told to who may. */
  refusals: string[];
  /** Refusals that differ from what is said of what never was. */
  tellTales: string[];
}

/** As the config file has them, and which part of all questions is asked: every nth, from the kth on. */
export interface Settings {
  userOnlyAccess: boolean;
  isolation: boolean;
  part: { nth: number; k: number };
}

/** An answer that somebody got, with its buttons. */
export interface Kept {
  name: string;
  place: TownPlace;
  message: { id: string };
}

const QUESTIONS = [...LOG_QUESTIONS, ...INSIGHT_QUESTIONS];
const SURVEYS = [...LOG_SURVEYS, ...INSIGHT_SURVEYS];

/** So many at the same time. */
const AT_ONCE = 8;

/** Asks everything as everyone, and adds what came of it to the matrix. */
export async function askAll(
  town: Town,
  targets: ReadonlyMap<TownPlace, Target>,
  settings: Settings,
  matrix: Matrix,
): Promise<void> {
  const tasks = Object.entries(town.people).flatMap(([name, person]) => {
    const asking = new Asking({ town, name, person, settings, matrix });
    const direct = QUESTIONS.flatMap((question) =>
      town.places
        .filter((place) => question.of?.(place) ?? true)
        .map((place) => () => asking.direct(question, place, targets.get(place)!)),
    );
    return [...direct, ...SURVEYS.map((question) => () => asking.survey(question))];
  });
  const { nth, k } = settings.part;
  await runAll(tasks.filter((_, index) => index % nth === k % nth));
}

/** Everyone asks for what they may read; with the buttons below it they come back later. */
export async function keepAnswers(
  town: Town,
  targets: ReadonlyMap<TownPlace, Target>,
  settings: Settings,
  matrix: Matrix,
): Promise<Kept[]> {
  const kept: Kept[] = [];
  const tasks = Object.entries(town.people).flatMap(([name, person]) => {
    const asking = new Asking({ town, name, person, settings, matrix });
    const readable = town.places.filter((place) => asking.rightsIn(place).reads);
    return readable.map((place) => async () => {
      const { id } = await asking.ask(QUESTIONS[0]!, targets.get(place)!);
      kept.push({ name, place, message: { id: id! } });
    });
  });
  await runAll(tasks);
  return kept;
}

/** Everyone presses a button of an answer that they got when they might. */
export async function pressKept(
  town: Town,
  kept: readonly Kept[],
  settings: Settings,
  matrix: Matrix,
): Promise<void> {
  await runAll(
    kept.map(({ name, place, message }) => async () => {
      const person = town.people[name as keyof Town['people']];
      await new Asking({ town, name, person, settings, matrix }).again(place, message);
    }),
  );
}

async function runAll(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const left = tasks.values();
  const work = async () => {
    for (const task of left) await task();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

interface Setting {
  town: Town;
  name: string;
  person: Person;
  settings: Settings;
  matrix: Matrix;
}

/** One person who asks. */
class Asking {
  readonly #setting: Setting;
  readonly #forger: Forger;
  readonly #absent = new Map<Question, Promise<Answer>>();

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#forger = new Forger(setting.town, setting.person);
  }

  ask(question: Question, target: Target): Promise<Answer> {
    return question.ask(this.#forger, target);
  }

  async again(place: TownPlace, message: { id: string }): Promise<void> {
    const question = { ...QUESTIONS[0]!, name: 'old button' };
    const answer = await this.#forger.pressAgain(message);
    this.#judge(question, answer, [place]);
  }

  async direct(question: Question, place: TownPlace, target: Target): Promise<void> {
    const answer = await this.ask(question, target);
    const about = this.#setting.town.places.filter(
      (other) =>
        other === place || (other.workspace === place.workspace && (question.about?.(other) ?? false)),
    );
    this.#judge(question, answer, about);
    if (this.rightsIn(place).views || answer.all.includes(place.marker)) return;
    const said = answer.words.replaceAll(place.marker, nowhere(this.#setting.town).marker);
    const absent = await this.#ofNothing(question);
    if (said !== absent.words)
      this.#setting.matrix.tellTales.push(`${this.#cell(question, place)}: ${said} ≠ ${absent.words}`);
  }

  /** What is said of a place that never was, asked once. */
  #ofNothing(question: Question): Promise<Answer> {
    const known = this.#absent.get(question) ?? this.ask(question, nowhere(this.#setting.town));
    this.#absent.set(question, known);
    return known;
  }

  async survey(question: Question): Promise<void> {
    const answer = await this.ask(question, nowhere(this.#setting.town));
    this.#judge(question, answer, this.#setting.town.places);
  }

  #judge(question: Question, answer: Answer, about: readonly TownPlace[]): void {
    const { town, matrix } = this.#setting;
    matrix.cells += about.length;
    for (const place of town.places) {
      const rights = this.rightsIn(place);
      const isThere = holds(question, answer, place);
      const shows = about.includes(place) && question.shows(rights, place);
      const mayShow = question.mayShow?.(rights, place) ?? (shows || rights.reads);
      if (isThere && !mayShow && !shows) matrix.leaks.push(this.#cell(question, place));
      if (!isThere && shows)
        matrix.refusals.push(`${this.#cell(question, place)}: ${answer.words.slice(0, 200)}`);
    }
    if (!question.namesAll) this.#seekNames(question, answer);
  }

  /** Names of channels are hidden from those who do not see them. */
  #seekNames(question: Question, { all }: Answer): void {
    for (const { name, channel } of this.#setting.town.workspaces) {
      const views = can(this.#setting.person, channel, P.ViewChannel);
      if (!views && all.includes(name))
        this.#setting.matrix.leaks.push(`${this.#setting.name} ${question.name}: #${name}`);
    }
  }

  rightsIn(place: TownPlace): Rights {
    const { workspace, at } = place;
    const { person, settings, town } = this.#setting;
    const isHere = !workspace.foreign;
    const sees = isHere && can(person, at, P.ViewChannel | P.ReadMessageHistory);
    const decides = sees && isDecider(town, person, workspace);
    const reads = this.#reads(place);
    const [home] = town.places;
    const isAlone = settings.isolation && this.#reads(home!);
    return {
      reads,
      sees,
      wrote: person.id === town.people.owner.id,
      isThere: town.discord.core.world.channels.has(at.id),
      botSees: isHere && can(town.bot, at, P.ViewChannel),
      views: isHere && can(person, workspace.channel, P.ViewChannel),
      decides,
      manages: can(person, town.lobby, P.ManageGuild),
      comesUpAtHome: reads && (!isAlone || workspace === home!.workspace),
    };
  }

  #reads({ workspace, at }: TownPlace): boolean {
    const { person, settings, town } = this.#setting;
    const sees = !workspace.foreign && can(person, at, P.ViewChannel | P.ReadMessageHistory);
    return sees && (!settings.userOnlyAccess || isOwner(town, person, workspace.owners));
  }

  #cell(question: Question, { workspace, room, marker }: TownPlace): string {
    return `${this.#setting.name} ${question.name} ${workspace.name}/${room} ${marker}`;
  }
}

/** What was asked for is repeated in the answer to a question; that is no finding. */
function holds({ name }: Question, { words, all }: Answer, { marker }: TownPlace): boolean {
  const times = all.split(marker).length - 1;
  if (name.startsWith('/how') || name === 'follow-up')
    return words.includes(`Look at **${marker}`) || words.includes(`Look at ${marker}`) || times > 2;
  return times > 0;
}

/** Discord's own answer. */
function can(person: Person | Town['bot'], at: { id: string }, wanted: bigint): boolean {
  const { world } = person.in(at).core;
  return world.channels.has(at.id) && (person.permissionsIn(at) & wanted) === wanted;
}

/** The documented rule: an owner that was named, or the server's where none was. */
function isOwner({ discord, guild }: Town, { id }: Person, owners: readonly string[]): boolean {
  const { ownerId, members } = discord.core.world.guilds.get(guild.id)!;
  if (owners.length === 0) return id === ownerId;
  const mine = [...members.get(id)!.roles];
  return owners.some(
    (owner) =>
      owner === 'everyone' || owner === `user:${id}` || mine.some((role) => owner === `role:${role}`),
  );
}

/** Where all who were named are gone, the server's owner decides; what was said is read only by those who were named. */
function isDecider(town: Town, person: Person, { owners }: TownWorkspace): boolean {
  const { roles, members } = town.discord.core.world.guilds.get(town.guild.id)!;
  const present = owners.filter((owner) => {
    const [kind, about = ''] = owner.split(':');
    return kind === 'everyone' || (kind === 'role' ? roles : members).has(about);
  });
  return isOwner(town, person, present);
}
