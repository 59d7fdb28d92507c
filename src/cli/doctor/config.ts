import { loadConfig, loadConnections } from '../../config.ts';
import type { Connections } from '../../config.ts';
import { ConfigError } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import { broken, ok } from './finding.ts';
import type { Finding } from './finding.ts';
import { count } from '../../views/text.ts';

interface Checked {
  finding: Finding;
  /** Null when the environment is broken, too. */
  connections: Connections | null;
  /** Where the files of ended sessions are to be; null where there are to be none. */
  folder: string | null;
}

/** Whether the configuration can be used. What it says of the connections is there also when the config file is broken. */
export function checkConfig(terminal: Terminal): Checked {
  try {
    const config = loadConfig(terminal);
    const { recording, rules, timezone, workLogs } = config;
    const says = [
      workLogs.enabled
        ? `${count(rules.length, 'rule')} for channels`
        : 'work_logs.enabled is false: nothing is recorded',
      ...(workLogs.silent ? ['work_logs.silent is true: nothing is posted unless somebody asks'] : []),
      `time zone ${timezone}`,
      recording.policy.levels === null
        ? 'all levels are kept'
        : `kept levels: ${recording.policy.levels.join(', ')}`,
    ];
    const folder = workLogs.storage === 'file' ? config.sessionFolder : null;
    return { finding: ok('config', says.join(' · ')), connections: config, folder };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const finding = broken(
      'config',
      error.message,
      'Mend what is named; docs/operating.md lists every variable and key.',
    );
    return { finding, connections: connectionsAlone(terminal), folder: null };
  }
}

function connectionsAlone(terminal: Terminal): Connections | null {
  try {
    return loadConnections(terminal);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
