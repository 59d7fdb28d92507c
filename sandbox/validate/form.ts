import { invalidForm, type FormError, type FormErrors } from '../errors.ts';

/**
 * A place in a request body. Checks report to it; places are made by {@link Form.at} and share one tree,
 * so that all faults of a body come back in one answer, as Discord gives them.
 */
export class Form {
  readonly #root: { tree: FormErrors };
  readonly #path: readonly string[];

  constructor(root: { tree: FormErrors } = { tree: emptyTree() }, path: readonly string[] = []) {
    this.#root = root;
    this.#path = path;
  }

  /** The place of a member (field name or list index) below this one. */
  at(...keys: (string | number)[]): Form {
    return new Form(this.#root, [...this.#path, ...keys.map(String)]);
  }

  fail(code: string, message: string): void {
    let node = this.#root.tree;
    for (const key of this.#path) node = (node[key] ??= emptyTree()) as FormErrors;
    ((node['_errors'] ??= []) as FormError[]).push({ code, message });
  }

  required(): void {
    this.fail('BASE_TYPE_REQUIRED', 'This field is required');
  }

  /** The tree of everything reported, or undefined when nothing was. */
  get errors(): FormErrors | undefined {
    return Object.keys(this.#root.tree).length > 0 ? this.#root.tree : undefined;
  }
}

/** Without a prototype: a body may well name a field `constructor` or `__proto__`. */
function emptyTree(): FormErrors {
  return Object.create(null) as FormErrors;
}

/**
 * Runs a check over a body.
 * @throws DiscordError 50035 with every fault found
 */
export function assertForm(check: (value: unknown, form: Form) => void, body: unknown): void {
  const form = new Form();
  check(body, form);
  if (form.errors) throw invalidForm(form.errors);
}
