import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLines } from '../../../bench/masking/lines.ts';

const dir = mkdtempSync(join(tmpdir(), 'work-logs-lines-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LINE = { id: 'a', text: 'x', secret: [], kind: 'secret', positive: false, rule: 'trap:code' };

function file(...lines: (object | string)[]): string {
  const path = join(dir, 'lines.ndjson');
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

describe('readLines', () => {
  it.each([
    [{ rule: 'trap:code', trap: 'code' }, 'natural'],
    [{ rule: 'people:none', trap: 'plain_sentence' }, 'natural'],
    [{ rule: 'detector:some-key', trap: 'detector_fp' }, 'fake'],
    [{ rule: 'detector:some-key' }, 'fake'],
    [{ rule: 'detector:some-key', positive: true }, 'positive'],
  ])('takes %o for %s', (fields, sort) => {
    expect(readLines(file({ ...LINE, ...fields }, ''))[0]).toMatchObject({ id: 'a', text: 'x', sort });
  });

  it.each([
    ['not JSON', 'lines.ndjson:1: is not JSON'],
    [{ ...LINE, secret: 'x' }, 'lines.ndjson:1: '],
    ['', 'holds no line'],
  ])('refuses %o and says why', (line, message) => {
    expect(() => readLines(file(line))).toThrow(message);
  });

  it('says which file is absent and what to do', () => {
    expect(() => readLines(join(dir, 'absent'))).toThrow(/absent: cannot be read .* Give the path/);
  });
});
