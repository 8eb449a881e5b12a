import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { RunningServer } from './http-server.ts';
import { listen, readBody } from './http-server.ts';

/** One action of a service: the form's fields in, the fields of its result out; throws AwsError. */
export type Action = (form: URLSearchParams) => Record<string, XmlValue> | undefined;

/** Lists become `<member>` elements. */
export type XmlValue = string | XmlValue[] | { [name: string]: XmlValue };

/**
 * Serves actions over the AWS query protocol: a form whose `Action` names what is wanted, answered in XML. An unknown
 * action is answered with InvalidAction.
 */
export function startQueryService(
  actions: Record<string, Action>,
  namespace: string,
  port = 0,
): Promise<RunningServer> {
  return listen(async (request, response) => {
    try {
      const form = new URLSearchParams(String(await readBody(request)));
      const name = form.get('Action') ?? '';
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!action) throw new AwsError('InvalidAction', `The action ${name} is not valid for this service.`);
      const result = action(form);
      const content = result ? element(`${name}Result`, result) : '';
      send(response, 200, `<${name}Response xmlns="${namespace}">${content}${metadata()}</${name}Response>`);
    } catch (error) {
      const { code, message, status } =
        error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
      const type = status < 500 ? 'Sender' : 'Receiver';
      const content = element('Error', { Type: type, Code: code, Message: message });
      send(response, status, `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`);
    }
  }, port);
}

/** Values under names such as `Attributes.entry.1.key` and `Attributes.entry.1.value`. */
export function entriesOf(
  form: URLSearchParams,
  list: string,
  key: string,
  value: string,
): Map<string, string> {
  const entries = new Map<string, string>();
  for (let index = 1; form.has(`${list}.entry.${index}.${key}`); index++) {
    const name = form.get(`${list}.entry.${index}.${key}`)!;
    entries.set(name, form.get(`${list}.entry.${index}.${value}`) ?? '');
  }
  return entries;
}

function metadata(): string {
  return element('ResponseMetadata', { RequestId: randomUUID() });
}

function element(name: string, value: XmlValue): string {
  return `<${name}>${inside(value)}</${name}>`;
}

function inside(value: XmlValue): string {
  if (typeof value === 'string') {
    return value.replace(/[&<>]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark]!);
  }
  if (Array.isArray(value)) return value.map((one) => element('member', one)).join('');
  return Object.entries(value)
    .map(([name, one]) => element(name, one))
    .join('');
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() }).end(xml);
}
