const OLDEST = 24;

/** One sentence for someone whose Node is too old, or null. `version` as in `process.versions.node`. */
export function complaintAbout(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST) return null;
  return `Work Logs needs Node ${OLDEST} or newer and this is Node ${version}: start it with "npm start", which brings its own Node.`;
}

// Imported before anything else, so that no native module loads on a Node that it would crash.
const complaint = complaintAbout(process.versions.node);
if (complaint !== null) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
