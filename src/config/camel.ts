type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

/** The same data with camelCase keys at every depth; what lists hold stays as it is. */
export type CamelKeys<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T as K extends string ? Camel<K> : K]: CamelKeys<T[K]> }
    : T;

/** Files speak snake_case, code speaks camelCase. */
export function camelKeys<T>(value: T): CamelKeys<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as CamelKeys<T>;
  const entries = Object.entries(value).map(([key, inner]) => [camel(key), camelKeys(inner)]);
  return Object.fromEntries(entries) as CamelKeys<T>;
}

function camel(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
