/** Finds what a JSON Schema says of one place in a rulebook. */

/** The parts of a JSON Schema that rulebooks use. */
export interface ISchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, ISchema>>;
  readonly anyOf?: readonly ISchema[];
  readonly oneOf?: readonly ISchema[];
  readonly allOf?: readonly ISchema[];
  readonly then?: ISchema;
  readonly else?: ISchema;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ISchema>>;
  readonly patternProperties?: Readonly<Record<string, ISchema>>;
  readonly additionalProperties?: boolean | ISchema;
  readonly required?: readonly string[];
  readonly items?: boolean | ISchema;
  readonly prefixItems?: readonly ISchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly description?: string;
}

export type Path = readonly (string | number)[];

/** One of the things that may stand somewhere. */
export interface IOption {
  readonly schema: ISchema;
  /** The definition it came from; empty where it stands by itself. */
  readonly name: string;
  /** What the outermost schema of this place says. */
  readonly about: string;
}

const DEEPEST = 20;

/** All that may stand at `path` in a rulebook, as far as what stands there already leaves it open. */
export function optionsAt(schema: ISchema, path: Path, root: unknown): IOption[] {
  let options = expand(schema, schema);
  let node = root;
  for (const step of path) {
    const children = narrow(options, node).map(option => childOf(option.schema, step));
    options = children.flatMap(child => (child ? expand(schema, child) : []));
    node = valueAt(node, [step]);
  }
  return narrow(options, node);
}

/** What stands at a path of plain values. */
export function valueAt(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) {
    node = typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined;
  }
  return node;
}

/** What a key, or a position in a list, is described by; undefined where it may not stand. */
export function childOf(schema: ISchema, step: string | number): ISchema | undefined {
  if (typeof step === 'number') {
    const items = schema.prefixItems?.[step] ?? schema.items;
    return typeof items === 'object' ? items : undefined;
  }
  const own = Object.entries(schema.properties ?? {}).find(([key]) => key === step);
  const patterns = Object.entries(schema.patternProperties ?? {});
  const matching = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(step));
  const rest = schema.additionalProperties;
  return own?.[1] ?? matching?.[1] ?? (typeof rest === 'object' ? rest : undefined);
}

/** Take a schema apart into what it allows, one by one. */
export function expand(root: ISchema, schema: ISchema, name = '', about = '', depth = 0): IOption[] {
  if (depth > DEEPEST) {
    return [];
  }
  const { $ref, anyOf, oneOf, allOf, then, else: otherwise, ...own } = schema;
  const said = about || (schema.description ?? '');
  const options: IOption[] = [{ schema: own, name, about: said }];
  if ($ref !== undefined) {
    const definition = definitionOf($ref);
    const target = root.$defs?.[definition];
    options.push(...(target ? expand(root, target, definition, said, depth + 1) : []));
  }
  const branches = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
  for (const branch of [...branches, then, otherwise]) {
    options.push(...(branch ? expand(root, branch, name, said, depth + 1) : []));
  }
  return options;
}

/** What a schema says of itself, or what that one says that it refers to. */
export function describe(root: ISchema, schema: ISchema): string {
  const target = root.$defs?.[definitionOf(schema.$ref)];
  return schema.description ?? (target ? describe(root, target) : '');
}

function definitionOf(reference: string | undefined): string {
  return reference?.replace(/^#\/\$defs\//, '') ?? '';
}

/** Keep the options that suit the keys of a mapping best; whatever else stands there suits all. */
function narrow(options: IOption[], node: unknown): IOption[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    return options;
  }
  const scores = options.map(option => suits(option.schema, node));
  const best = Math.max(...scores);
  return options.filter((option, index) => !option.schema.properties || scores[index] === best);
}

/** How many keys of a mapping a schema knows; a value that it rules out counts against it. */
function suits(schema: ISchema, node: object): number {
  if (!schema.properties) {
    return 0;
  }
  return Object.entries(node).reduce((score, [key, value]) => {
    const child = childOf(schema, key);
    const wrong = child?.const !== undefined && isWord(value) && child.const !== value;
    return wrong ? score - 100 : score + (child ? 1 : 0);
  }, 0);
}

/** Whether a value is written out, and is no parameter and not what is about to be written. */
function isWord(value: unknown): boolean {
  return typeof value === 'string' ? !value.startsWith('$') : ['number', 'boolean'].includes(typeof value);
}
