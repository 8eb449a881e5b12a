/** What names stand for in the local run. Both throw where there is no such thing. */
export interface Names {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): string;
  /** Applied to every text that was put together from parts: addresses of AWS become local ones. */
  rewrite?(text: string): string;
}

/** The value of `Ref: AWS::NoValue`: the property or list item that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

export type Resolve = (value: unknown, where: string) => unknown;

type Intrinsic = (argument: unknown, resolve: (value: unknown) => unknown, names: Names) => unknown;

/**
 * Replaces the intrinsic functions in a value of the template. One that is not known here is an error that
 * names it and `where` it stands.
 */
export function resolver(names: Names): Resolve {
  const resolve: Resolve = (value, where) => {
    if (Array.isArray(value)) {
      return value.map((item, index) => resolve(item, `${where}[${index}]`)).filter((it) => it !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) return value;
    const [key, ...more] = Object.keys(value);
    if (key && more.length === 0 && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))) {
      return applied(key, (value as Record<string, unknown>)[key], where);
    }
    const entries = Object.entries(value).map(([name, item]) => [name, resolve(item, `${where}.${name}`)]);
    return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
  };
  const applied = (key: string, argument: unknown, where: string) => {
    const intrinsic = INTRINSICS[key];
    if (!intrinsic) throw new Error(`${where}: ${key} is not known to the local AWS`);
    try {
      return intrinsic(argument, (inner) => resolve(inner, where), names);
    } catch (error) {
      throw new Error(`${where}: ${(error as Error).message.replace(`${where}: `, '')}`, { cause: error });
    }
  };
  return resolve;
}

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (name, _, names) => names.ref(name as string),
  'Fn::GetAtt'(argument, _, names) {
    const [id = '', ...attribute] =
      typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return names.attribute(id, attribute.join('.'));
  },
  'Fn::Join'(argument, resolve, names) {
    const [separator, parts] = argument as [string, unknown];
    return rewritten(names, (resolve(parts) as unknown[]).join(separator));
  },
  'Fn::Sub'(argument, resolve, names) {
    const [text, own] = (typeof argument === 'string' ? [argument, {}] : argument) as [string, object];
    const values = resolve(own) as Record<string, unknown>;
    return rewritten(
      names,
      text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal, name) => {
        if (literal) return `\${${name}}`;
        if (name in values) return String(values[name]);
        const [id, ...attribute] = name.split('.');
        return String(attribute.length > 0 ? names.attribute(id, attribute.join('.')) : names.ref(id));
      }),
    );
  },
  'Fn::Select'(argument, resolve) {
    const [index, list] = resolve(argument) as [number, unknown[]];
    return list[Number(index)];
  },
  'Fn::Split'(argument, resolve) {
    const [separator, text] = resolve(argument) as [string, string];
    return text.split(separator);
  },
};

function rewritten(names: Names, text: string): string {
  return names.rewrite ? names.rewrite(text) : text;
}
