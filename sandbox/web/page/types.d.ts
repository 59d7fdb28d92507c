import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIGuildMember,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIUser,
} from 'discord-api-types/v10';
import type { Api } from './api.js';
import type { TemplateResult, nothing } from '/web/lib/lit-html/lit-html.js';

/** What the page is made of. The server's side of it is `../sight.ts`, `../acts.ts` and `../socket.ts`. */

export type Html = TemplateResult | typeof nothing | string;

export type Message = APIMessage;
export type User = APIUser;
export type Role = APIRole;
export type Member = APIGuildMember & { user: APIUser };

/** A channel, thread or DM that the person may look into. */
export interface Channel {
  id: string;
  type: number;
  name: string;
  guild_id?: string;
  parent_id?: string | null;
  position?: number;
  topic?: string | null;
  /** What the person may do there, as bits in decimal. */
  permissions: string;
  /** Of a server's channel: the ids of all who read along. */
  viewers?: string[];
  recipients?: User[];
  message_count?: number;
  last_message_id?: string | null;
  thread_metadata?: { archived: boolean; locked: boolean };
  member?: object;
}

export interface Guild {
  id: string;
  name: string;
  owner_id: string;
  roles: Role[];
  members: Member[];
  channels: Channel[];
  threads: Channel[];
}

export interface Sight {
  you: User;
  /** The time in this Discord when it was seen, ms. */
  now: number;
  /** Where it says that it serves files. */
  origin: string;
  guilds: Guild[];
  dms: Channel[];
}

export type Figure = User & { owner: boolean; roles: string[] };

export type Command = APIApplicationCommand;
export type CommandOption = APIApplicationCommandBasicOption;

/** A command or subcommand as it is chosen: `workspace map` with the options of `map`. */
export interface Choosable {
  path: string;
  app: string;
  description: string;
  options: CommandOption[];
}

/** Something that a list offers. */
export interface Suggestion {
  /** What is filled in. */
  value: string | number | boolean;
  label: string;
  detail?: string | undefined;
  icon?: string | undefined;
}

export interface OptionEntry {
  name: string;
  text: string;
  /** Set when it was chosen from a list; what was typed otherwise. */
  value?: string | number | boolean | PickedFile | undefined;
  error?: string | undefined;
}

export interface PickedFile {
  name: string;
  contentType: string;
  /** Base64. */
  data: string;
  size: number;
}

export interface CommandLine {
  command: Choosable;
  entries: OptionEntry[];
  /** The option that is being filled in; null: none, other options can be added. */
  at: string | null;
  /** What is typed to find a further option. */
  more: string;
  suggestions: Suggestion[];
  /** Which suggestion is marked; -1: none. */
  active: number;
  isLoading: boolean;
  error: string;
  isSent: boolean;
}

/** What stands in a channel's input. */
export interface Draft {
  text: string;
  replyTo: string | null;
  files: PickedFile[];
  line: CommandLine | null;
  /** When others were last told that one writes here, ms. */
  typingToldAt: number;
  /** What can be chosen while one types: commands after `/`, members after `@`, channels after `#`. */
  picker: {
    kind: 'command' | 'member' | 'channel';
    active: number;
    items: (Choosable | Suggestion)[];
  } | null;
}

/** A stretch of a channel. */
export interface History {
  messages: Message[];
  isMoreBefore: boolean;
  isMoreAfter: boolean;
}

export interface Place {
  /** `@me` for direct messages. */
  guildId: string;
  channelId: string | null;
  messageId: string | null;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Popup =
  | { kind: 'menu'; message: Message; box: Box; isApps: boolean; commands: Command[] | null }
  | { kind: 'reactions'; message: Message; box: Box }
  | { kind: 'profile'; userId: string; box: Box; commands: Command[] | null }
  | { kind: 'people'; box: Box }
  | { kind: 'select'; box: Box; select: SelectMenu; text: string; active: number; chosen: string[] }
  | { kind: 'picture'; url: string; name: string };

/** A select as messages and modals have it, and where what is chosen goes. */
export interface SelectMenu {
  key: string;
  type: number;
  label: string;
  min: number;
  max: number;
  options: Suggestion[];
  /** Those that are chosen already. */
  chosen: string[];
  done(values: string[]): void;
}

export interface OpenModal {
  form: APIModalInteractionResponseCallbackData & { id: string };
  channelId: string;
  values: Record<string, string | boolean | string[] | PickedFile[]>;
  error: string;
  isSent: boolean;
}

/** What can be tried; see `../guide.ts`. */
export interface Guide {
  title: string;
  tips: Tip[];
}

export interface Tip {
  text: string;
  channel?: string;
  type?: string;
  as?: string;
  action?: string;
}

export type Side = 'guide' | 'members';

export interface State {
  connection: 'connecting' | 'open' | 'lost';
  people: Figure[];
  personId: string | null;
  sight: Sight | null;
  /** This Discord's clock less the browser's, ms. */
  skew: number;
  place: Place;
  histories: Map<string, History>;
  drafts: Map<string, Draft>;
  /** What applications offer in a channel, as it was last asked for. */
  commands: Map<string, Command[]>;
  /** Messages that came while their channel was not looked at, and how many of them mention the person. */
  unread: Map<string, { messages: number; mentions: number }>;
  /** By channel, who writes, and until when that is believed. */
  typing: Map<string, Map<string, number>>;
  /** Presses that wait for their answer: `message component`. */
  pending: Set<string>;
  /** What went wrong, by message. */
  failures: Map<string, string>;
  /** Ephemeral messages that were sent away. */
  dismissed: Set<string>;
  editing: { id: string; text: string } | null;
  popup: Popup | null;
  /** What had the focus when the popup opened, and gets it back. */
  opener: HTMLElement | null;
  modal: OpenModal | null;
  guide: Guide;
  /** What stands at the right; where there is no room for it, only while the drawer is open. */
  side: Side | null;
  drawer: 'channels' | 'side' | null;
  notice: string;
  theme: 'dark' | 'light';
}

/** The page: what is shown, and the way to everything that happens. */
export interface App {
  state: State;
  api: Api;
  /** Shows what changed, soon. */
  refresh(): void;
  /** Shows what changed, now. */
  show(): void;
  /** Ends the stream of the current visit. */
  hangUp(): void;
}
