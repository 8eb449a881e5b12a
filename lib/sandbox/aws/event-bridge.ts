import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { RunningServer } from './http-server.ts';
import { ACCOUNT, REGION } from './identity.ts';
import { startJsonService } from './json-service.ts';
import { nameOfArn } from './local-names.ts';

/** An event as rules and their targets see it. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

export interface EventBridgeOptions {
  port?: number;
  /** Names of the buses that there are besides `default`. */
  buses?: string[];
  /** Is told of each accepted event. */
  deliver?(bus: string, event: BusEvent): void;
}

export interface RunningEventBridge extends RunningServer {
  /** The last thousand accepted events, oldest first. */
  events(): { bus: string; event: BusEvent }[];
}

const KEPT = 1000;

/** Serves EventBridge's PutEvents. */
export async function startEventBridge(options: EventBridgeOptions = {}): Promise<RunningEventBridge> {
  const kept: { bus: string; event: BusEvent }[] = [];
  const buses = new Set(['default', ...(options.buses ?? [])]);
  const put = (entry: Entry) => {
    const bus = nameOfArn(entry.EventBusName ?? 'default');
    const refused = refusal(entry, buses.has(bus) ? undefined : bus);
    if (refused) return refused;
    const event = toEvent(entry);
    kept.push({ bus, event });
    if (kept.length > KEPT) kept.shift();
    options.deliver?.(bus, event);
    return { EventId: event.id };
  };
  const server = await startJsonService(
    {
      PutEvents(input: { Entries: Entry[] }) {
        checkRequest(input.Entries);
        const results = input.Entries.map(put);
        const failed = results.filter((result) => 'ErrorCode' in result).length;
        return { FailedEntryCount: failed, Entries: results };
      },
    },
    options.port,
  );
  return { ...server, events: () => [...kept] };
}

interface Entry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Time?: number;
  Resources?: string[];
}

function checkRequest(entries: Entry[] | undefined) {
  if (!entries || entries.length < 1 || entries.length > 10) {
    throw new AwsError('ValidationException', 'Entries must have length between 1 and 10');
  }
  const size = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
  if (size > 256 * 1024) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
}

/** EventBridge docs: 14 bytes for a time, and the UTF-8 bytes of source, type, detail and resources. */
function entrySize({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const bytes = [Source, DetailType, Detail, ...Resources].map((text) => Buffer.byteLength(text));
  return bytes.reduce((sum, count) => sum + count, Time === undefined ? 0 : 14);
}

function refusal(entry: Entry, missingBus: string | undefined) {
  const refuse = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[field]) {
      const reason = `Parameter ${field} is not valid. Reason: ${field} is a required argument.`;
      return refuse('InvalidArgument', reason);
    }
  }
  if (entry.Source?.startsWith('aws.')) {
    return refuse('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  if (!isJsonObject(entry.Detail!)) return refuse('MalformedDetail', 'Detail is malformed.');
  return missingBus && refuse('ResourceNotFoundException', `Event bus ${missingBus} does not exist.`);
}

function isJsonObject(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function toEvent(entry: Entry): BusEvent {
  const time = entry.Time === undefined ? new Date() : new Date(entry.Time * 1000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType!,
    source: entry.Source!,
    account: ACCOUNT,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail!),
  };
}
