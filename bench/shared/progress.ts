import cliProgress from 'cli-progress';

/** Shows how far a piece of work is. */
export interface Progress {
  /** How much is done so far. */
  update: (done: number) => void;
  stop: () => void;
}

/** Between two lines where there is no terminal to draw on. */
const LINE_EVERY_MS = 3000;

/** Progress on `stream`: a bar on a terminal, otherwise a line every few seconds. */
export function showProgress(
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  return stream.isTTY ? bar(label, total, stream) : lines(label, total, stream);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new cliProgress.SingleBar(
    { stream, format: `${label} {bar} {value}/{total}  {duration_formatted}`, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  shown.start(total, 0);
  return { update: (done) => shown.update(done), stop: () => shown.stop() };
}

function lines(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  let nextAt = Date.now() + LINE_EVERY_MS;
  return {
    update(done) {
      if (Date.now() < nextAt) return;
      nextAt = Date.now() + LINE_EVERY_MS;
      stream.write(`${label} ${done}/${total}\n`);
    },
    stop() {},
  };
}
