import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Json = Record<string, unknown>;

export interface OpenApiFile {
  /** The schema of a 200 answer to GET on the path, as a reference into the file. */
  answerTo(path: string): string;
  /** What is wrong with the body; nothing where it fits. Takes a reference such as `#/components/schemas/Error`. */
  misfits(reference: string, body: unknown): string[];
}

/**
 * Reads one official OpenAPI file strictly: fields that it does not know are misfits, except `alsoSeen` by schema,
 * which its own examples show although its schemas lack them.
 */
export function openApiFile(path: string, alsoSeen: Record<string, string[]> = {}): OpenApiFile {
  const file = parse(readFileSync(path, 'utf8')) as Json & { paths: Json };
  const schemas = at(file, ['components', 'schemas']) as Record<string, Json>;
  for (const [name, schema] of Object.entries(schemas)) closeSchema(schema, alsoSeen[name] ?? []);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // The files write times without a zone, which the format of that name demands.
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
  ajv.addKeyword({ keyword: 'x-is-msdate', validate: isMsDate, errors: false });
  ajv.addKeyword({ keyword: 'x-is-msdate-time', validate: isMsDate, errors: false });
  ajv.addSchema(file, 'file');
  return {
    answerTo(path) {
      const pointer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
      if (at(file, pointer) === undefined) throw new Error(`The contract has no answer to GET ${path}`);
      return `#/${pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`;
    },
    misfits(reference, body) {
      const validate = ajv.compile({ $ref: `file${reference}` });
      return validate(body) ? [] : (validate.errors ?? []).map(sentence);
    },
  };
}

/** `alsoSeen` of a schema that others are made of (allOf) must stay open. */
function closeSchema(schema: Json, alsoSeen: string[]): void {
  if (!schema.properties || alsoSeen.includes('*')) return;
  schema.additionalProperties = false;
  for (const name of alsoSeen) (schema.properties as Json)[name] ??= {};
}

const isMsDate = (wanted: boolean, text: unknown): boolean =>
  !wanted || (typeof text === 'string' && /^\/Date\(-?\d+(\+0000)?\)\/$/.test(text));

const sentence = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;

const at = (file: Json, pointer: string[]): unknown =>
  pointer.reduce<unknown>((inner, part) => (inner as Json | undefined)?.[part], file);
