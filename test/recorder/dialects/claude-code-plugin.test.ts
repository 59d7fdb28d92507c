import { describe, expect, it } from 'vitest';
import { claudeCodePlugin } from '../../../src/recorder/dialects/claude-code-plugin.ts';
import { observation } from '../support.ts';

const read = (content: string) => claudeCodePlugin.read(observation({ content }));

describe("Claude Code's plugin", () => {
  const unfolded =
    '🔐 Permission: Bash\n\ntool_name: Bash\ndescription: Delete the build\ninput_preview:\n{\n  "command": "rm -rf dist"\n}';
  const details = {
    kind: 'approval',
    tool: 'Bash',
    reason: 'Delete the build',
    input: { command: 'rm -rf dist' },
  };

  it('asks for a permission', () => {
    expect(read('🔐 Permission: Bash')).toEqual([
      expect.objectContaining({
        escalation: true,
        message: 'Permission: Bash',
        details: { kind: 'approval', tool: 'Bash' },
      }),
    ]);
    expect(read(unfolded)).toEqual([expect.objectContaining({ escalation: true, details })]);
  });

  it.each([
    ['✅ Allowed', 'allowed'],
    ['❌ Denied', 'denied'],
  ])('tells the outcome %s', (label, outcome) => {
    expect(read(`${unfolded}\n\n${label}`)).toEqual([
      expect.objectContaining({ level: 'decision', details: { ...details, outcome } }),
    ]);
  });

  it('grows by unfolding and by its outcome, not by turning to another tool', () => {
    const grows = (before: string, after: string) => claudeCodePlugin.grows!(read(before), read(after));
    expect(grows('🔐 Permission: Bash', unfolded)).toBe(true);
    expect(grows(unfolded, '🔐 Permission: Bash\n\n✅ Allowed')).toBe(true);
    expect(grows('🔐 Permission: Bash', '🔐 Permission: Write')).toBe(false);
  });

  it('is plain text otherwise', () => {
    expect(read('About 🔐 Permission: Bash')).toEqual([expect.objectContaining({ origin: 'inferred' })]);
  });
});
