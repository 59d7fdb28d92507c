/** `👍` or `name:id` (custom) as an emoji object. */
export function emojiPayload(emoji: string): { id: string | null; name: string } {
  const custom = /^(\w+):(\d+)$/.exec(emoji);
  return custom === null ? { id: null, name: emoji } : { id: custom[2]!, name: custom[1]! };
}

/** https://docs.discord.com/developers/resources/message#reaction-object */
export function reactionPayload(emoji: string, users: ReadonlySet<string>, viewerId: string): object {
  return {
    emoji: emojiPayload(emoji),
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(viewerId),
    me_burst: false,
  };
}
