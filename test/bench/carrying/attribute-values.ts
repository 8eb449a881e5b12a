type Value = Record<string, unknown>;

/** The parts of a request or answer that hold an item, or a map of values. */
const MAPS = [
  'Item',
  'Key',
  'Attributes',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
];

/** Whether the request's values carry their types already, as the plain client wants them. */
export function isMarshalled(input: object): boolean {
  const values = MAPS.flatMap((part) => Object.values((input as Value)[part] ?? {}));
  return values.length === 0 || values.every((value) => isTyped(value));
}

/** The request of the document client with the types of its values. */
export function marshalled(input: object): object {
  return mapped(input, toValue);
}

/** The answer with plain values, as the document client gives it. */
export function unmarshalled(output: object): object {
  return mapped(output, (value) => fromValue(value as Value));
}

function mapped(parts: object, each: (value: unknown) => unknown): object {
  const map = (item: object) =>
    Object.fromEntries(
      Object.entries(item)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, each(value)]),
    );
  return Object.fromEntries(
    Object.entries(parts)
      .filter(([, value]) => value !== undefined)
      .map(([part, value]) => {
        if (MAPS.includes(part)) return [part, map(value as object)];
        return [part, part === 'Items' ? (value as object[]).map(map) : value];
      }),
  );
}

function isTyped(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [type, ...more] = Object.keys(value);
  return more.length === 0 && /^(S|N|B|BOOL|NULL|L|M|SS|NS|BS)$/.test(type ?? '');
}

function toValue(value: unknown): Value {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return { SS: [...value] };
  if (Array.isArray(value)) return { L: value.map(toValue) };
  return {
    M: Object.fromEntries(
      Object.entries(value as object)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => [name, toValue(inner)]),
    ),
  };
}

function fromValue(value: Value): unknown {
  const [type, inner] = Object.entries(value)[0]!;
  if (type === 'N') return Number(inner);
  if (type === 'NULL') return null;
  if (type === 'B') return new Uint8Array(Buffer.from(inner as string, 'base64'));
  if (type === 'SS') return new Set(inner as string[]);
  if (type === 'L') return (inner as Value[]).map(fromValue);
  if (type === 'M')
    return Object.fromEntries(
      Object.entries(inner as Record<string, Value>).map(([name, one]) => [name, fromValue(one)]),
    );
  return inner;
}
