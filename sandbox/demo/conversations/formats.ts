import type { APIEmbed } from 'discord-api-types/v10';

/** How coder shows its work: embeds, as bots do that run Claude Code. */
export const shows = {
  thinking: (description: string): APIEmbed[] => [{ title: '💭 Thinking', description, color: 0x9b59b6 }],
  tool: (name: string, input: object): APIEmbed[] => [
    {
      title: `🔧 Tool Use: ${name}`,
      description: `\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\``,
      color: 0x3498db,
    },
  ],
  result: (output: string): APIEmbed[] => [
    { title: '✅ Tool Result', description: `\`\`\`\n${output}\n\`\`\``, color: 0x2ecc71 },
  ],
  complete: (duration: string, cost: string): APIEmbed[] => [
    {
      title: '✅ Claude Code Complete',
      color: 0x2ecc71,
      fields: [
        { name: 'Duration', value: duration, inline: true },
        { name: 'Cost', value: cost, inline: true },
        { name: 'Stop Reason', value: 'end_turn', inline: true },
      ],
    },
  ],
};
