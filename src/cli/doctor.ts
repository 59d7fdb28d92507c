import type { Command } from 'commander';
import { checks } from './doctor/checks.ts';
import type { Finding, Status } from './doctor/finding.ts';
import { jsonOption } from './options.ts';
import { rowsOf } from './render/rows.ts';
import { columnsOf, paintFor, printJson, printLines } from './terminal.ts';
import type { Style, Terminal } from './terminal.ts';

/** `work-logs doctor`: whether everything is as the bot needs it, and how to mend what is not. */
export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('check whether everything is as the bot needs it')
    .description(
      'Check Node, configuration, database, token, intents, gateway, commands and the permissions in each mapped channel, ' +
        'and say how to mend what is broken. It changes nothing, and the bot may go on running.',
    )
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => doctor(terminal, json === true));
}

async function doctor(terminal: Terminal, json: boolean): Promise<void> {
  const progress = progressOn(terminal);
  const findings: Finding[] = [];
  for await (const finding of checks(terminal, progress.begin)) {
    progress.clear();
    findings.push(finding);
    if (!json) printLines(terminal, rowsFor(finding, terminal));
  }
  progress.clear();
  const broken = findings.filter(({ status }) => status === 'broken').length;
  if (broken > 0) terminal.exitCode = 1;
  if (json) printJson(terminal, { ok: broken === 0, checks: findings });
  else printLines(terminal, ['', summaryOf(findings, broken)]);
}

const MARKS: Record<Status, [mark: string, style: Style]> = {
  ok: ['✓', 'green'],
  warning: ['⚠', 'yellow'],
  broken: ['✖', 'red'],
};

const LABEL_WIDTH = 10;

function rowsFor({ check, status, detail, mend }: Finding, terminal: Terminal): string[] {
  const paint = paintFor(terminal);
  const look = { width: columnsOf(terminal), paint, opens: false };
  const [mark, style] = MARKS[status];
  const line = (text: string, style: Style | null) =>
    text
      .split('\n')
      .flatMap((part) => rowsOf({ spans: [{ text: part, style, url: null }], prefix: '', hang: 4 }, look));
  const [first = '', ...rest] = line(`${mark} ${check.padEnd(LABEL_WIDTH)} ${detail}`, null);
  const rows = [paint(style, first.slice(0, mark.length)) + first.slice(mark.length), ...rest];
  return mend === null ? rows : [...rows, ...line(`  → ${mend}`, 'bold')];
}

function summaryOf(findings: readonly Finding[], broken: number): string {
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  if (broken + warnings === 0) return 'All is well.';
  return `${broken} broken, ${warnings} to look at, ${findings.length - broken - warnings} well.`;
}

/** What is being looked at, on standard error: rewritten in place on a terminal. */
function progressOn({ stderr }: Terminal): { begin(what: string): void; clear(): void } {
  if (!stderr.isTTY) return { begin: (what) => void stderr.write(`Checking ${what} …\n`), clear() {} };
  return {
    begin: (what) => void stderr.write(`\r\u001B[KChecking ${what} …`),
    clear: () => void stderr.write('\r\u001B[K'),
  };
}
