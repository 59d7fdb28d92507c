export type Cell = string | number;

/** A table for people: numbers to the right with thousands apart, texts to the left, a rule under the head. */
export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns = head.map((title, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    const texts = cells.map(cellText);
    return {
      title,
      texts,
      width: Math.max(title.length, ...texts.map((text) => text.length)),
      right: cells.length > 0 && cells.every((cell) => typeof cell === 'number' || /^[\d–-]/.test(cell)),
    };
  });
  const line = (texts: string[]) =>
    columns
      .map(({ width, right }, index) => (right ? texts[index]!.padStart(width) : texts[index]!.padEnd(width)))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    columns.map(({ width }) => '─'.repeat(width)).join('  '),
    ...rows.map((_, row) => line(columns.map(({ texts }) => texts[row]!))),
  ].join('\n');
}

function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : formatNumber(cell);
}

/** Three significant digits below 100, whole above, thousands set apart: 0.873, 12.3, 45 678. */
export function formatNumber(value: number): string {
  if (!Number.isInteger(value) && Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
