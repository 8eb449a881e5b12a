import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import * as z from 'zod';
import type { Route } from '../../lib/sandbox/procore/route.ts';

interface Schema {
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  additionalProperties?: boolean;
}

/** One operation of Procore's API as its contract file tells it. */
export interface Endpoint {
  method: string;
  path: string;
  parameters: { name: string; in: string }[];
  requestBody?: { schema?: Schema };
  responses: Record<string, { schema?: Schema }>;
}

export function keyOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat('float', /^-?\d+(\.\d+)?$/).addFormat('decimal', /^-?\d+(\.\d+)?$/);

/**
 * The rows of budget views carry a key for every column of the view, which no contract lists; that of v1.0 webhook
 * resources leaves out their very name.
 */
const OPEN_ENDED = /\/(detail_rows|summary_rows|v1\.0\/webhooks\/resources)$/;

/** What an answer has that its contract does not allow. A null stands for a field that has no value. */
export function responseMisfits(
  key: string,
  endpoint: Endpoint | undefined,
  answer: { status: number; body: unknown },
) {
  if (answer.status >= 300) return [`${key}: answered ${answer.status} ${JSON.stringify(answer.body)}`];
  if (endpoint === undefined) return [];
  const response = endpoint.responses[answer.status];
  if (response === undefined) return [`${key}: ${answer.status} is not documented`];
  if (response.schema === undefined) return [];
  const validate = ajv.compile(OPEN_ENDED.test(key) ? response.schema : closed(response.schema));
  if (validate(withoutNulls(answer.body))) return [];
  return validate.errors!.map((error) => {
    const extra = (error.params as { additionalProperty?: string }).additionalProperty ?? '';
    return `${key}: ${error.instancePath} ${error.message} ${extra}`;
  });
}

/** Fields and parameters that the sandbox reads and the contract does not know. */
export function requestMisfits(route: Route, endpoint: Endpoint | undefined): string[] {
  if (endpoint === undefined) return [];
  const documented = endpoint.parameters.map(({ name }) => name.replace(/\[\]$/, ''));
  const parameters = route.query
    .filter((name) => !documented.includes(name) && !SPELT_BY_GUIDE.includes(name))
    .map((name) => `?${name}`);
  const schema = route.documented ?? route.body;
  const read =
    schema === undefined
      ? []
      : fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
  const known = endpoint.requestBody?.schema ?? {};
  const fields = read.filter((field) => !isKnown(known, field.split('.')) && !isGuideOnly(route, field));
  return [...parameters, ...fields].map((name) => `${keyOf(route)}: ${name} is not documented`);
}

/** The guide to webhooks writes the parameter `filters[status]` so. */
const SPELT_BY_GUIDE = ['filter[status]'];

/** The guide to sync actions names `id`, which the contracts of some syncs leave out. */
function isGuideOnly(route: Route, field: string): boolean {
  return route.path.endsWith('/sync') && field === 'updates.id';
}

function fieldsOf(schema: Schema): string[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])].flatMap(fieldsOf);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, type]) => {
    const below = fieldsOf(type).map((field) => `${name}.${field}`);
    return below.length > 0 ? below : [name];
  });
  return [...inner, ...own];
}

/** Nested objects are cut out of the contracts: below such a place every field counts as known. */
function isKnown(schema: Schema, [name, ...rest]: string[]): boolean {
  if (schema.items) return isKnown(schema.items, [name!, ...rest]);
  if (name === undefined || isCut(schema)) return true;
  const inner = schema.properties?.[name];
  return inner !== undefined && (rest.length === 0 || isKnown(inner, rest));
}

function isCut(schema: Schema): boolean {
  return schema.properties === undefined && schema.items === undefined;
}

/** The same contract, refusing fields that it does not list; places that were cut out stay open and of any type. */
function closed(schema: Schema): Schema {
  if (schema.description === '(nested object)') return {};
  const properties = Object.entries(schema.properties ?? {}).map(([name, type]) => [name, closed(type)]);
  return {
    ...schema,
    ...(schema.items && { items: closed(schema.items) }),
    ...(schema.properties && { properties: Object.fromEntries(properties), additionalProperties: false }),
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]));
}
