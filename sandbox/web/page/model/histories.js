import { compareIds } from './ids.js';
import { isSameDay } from './time.js';

/** @import { History, Message } from '../types.d.ts' */

/** A page that is open for days keeps no more of a channel than this. */
const MOST_KEPT = 600;

/** Messages of one author this close together need one heading, ms. */
const TOGETHER_MS = 7 * 60_000;

/** Puts a message in its place, over the one of its id. @param {History} history @param {Message} message @returns {History} */
export function withMessage(history, message) {
  const { messages } = history;
  const index = messages.findLastIndex(({ id }) => compareIds(id, message.id) <= 0);
  if (messages[index]?.id === message.id) return { ...history, messages: messages.with(index, message) };
  const isBeyond = index === -1 ? history.isMoreBefore : index === messages.length - 1 && history.isMoreAfter;
  if (isBeyond) return history;
  const all = messages.toSpliced(index + 1, 0, message);
  if (all.length <= MOST_KEPT) return { ...history, messages: all };
  return { ...history, messages: all.slice(-MOST_KEPT / 2), isMoreBefore: true };
}

/** @param {History} history @param {readonly string[]} ids @returns {History} */
export function withoutMessages(history, ids) {
  return { ...history, messages: history.messages.filter(({ id }) => !ids.includes(id)) };
}

/** @param {Message} message ms */
export function sentAt({ timestamp }) {
  return Date.parse(timestamp);
}

/**
 * How messages follow each other: `day` when a new one begins, `isFirst` when the author has to be named.
 * @param {readonly Message[]} messages
 */
export function arranged(messages) {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const day = before === undefined || !isSameDay(sentAt(before), sentAt(message));
    return { message, day, isFirst: day || !goesOn(before, message) };
  });
}

/** @param {Message} before @param {Message} message */
function goesOn(before, message) {
  return (
    before.author.id === message.author.id &&
    before.author.username === message.author.username &&
    isPlain(message) &&
    (isPlain(before) || !isSystem(before)) &&
    isEphemeral(before) === isEphemeral(message) &&
    sentAt(message) - sentAt(before) < TOGETHER_MS
  );
}

/** @param {Message} message */
function isPlain({ type }) {
  return type === 0;
}

/** What nobody wrote: Discord says it on somebody's behalf. @param {Message} message */
export function isSystem({ type }) {
  return ![0, 19, 20, 21, 23].includes(type);
}

/** @param {Message} message */
export function isEphemeral({ flags }) {
  return ((flags ?? 0) & 64) !== 0;
}

/** "… is thinking". @param {Message} message */
export function isLoading({ flags }) {
  return ((flags ?? 0) & 128) !== 0;
}
