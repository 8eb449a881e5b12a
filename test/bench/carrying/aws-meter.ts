import type { Clock } from '../../../lib/core/ports.ts';
import type { AwsClients } from '../../../lib/flows/deployment.ts';
import { readUnits, sizeOf, writeUnits } from './dynamodb-units.ts';
import { watchedBy } from './virtual-clock.ts';

/** What AWS counts, since `reset`. */
export interface AwsUsage {
  requests: Record<string, number>;
  readUnits: number;
  writeUnits: number;
  /** Requests by each 64 KB that they carry. */
  sqs: number;
  kms: number;
  /** Events by each 64 KB. */
  events: number;
}

export interface AwsMeter {
  usage(): AwsUsage;
  reset(): void;
}

/** SQS and EventBridge count a request for each of these. */
const CHUNK = 65_536;

interface Input {
  ConsistentRead?: boolean;
  IndexName?: string;
  Item?: Record<string, unknown>;
  Entries?: { MessageBody?: string; Detail?: string }[];
}

/**
 * Counts what the clients ask of AWS. `latency` is what a request takes by the clock, in milliseconds.
 */
export function meterAws(clients: AwsClients, clock: Clock, latency = 0): AwsMeter {
  let used = nothing();
  let underWay = 0;
  watchedBy(clock, () => underWay);
  const note = (command: string, input: Input, output: { Item?: object; Items?: object[] } | undefined) => {
    used.requests[command] = (used.requests[command] ?? 0) + 1;
    if (command === 'GetItem') used.readUnits += readUnits(sizeOf(output?.Item), input.ConsistentRead);
    else if (command === 'Query' || command === 'Scan') {
      const size = (output?.Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0);
      used.readUnits += readUnits(size, input.ConsistentRead);
    } else if (command === 'PutItem') used.writeUnits += writeUnits(input.Item ?? {});
    else if (command === 'UpdateItem' || command === 'DeleteItem') used.writeUnits += 1;
    else if (command === 'PutEvents') used.events += chunks(input.Entries!.map(({ Detail = '' }) => Detail));
    else if (command.startsWith('SendMessage')) {
      const bodies = (input.Entries ?? [input as { MessageBody?: string }]).map(
        ({ MessageBody = '' }) => MessageBody,
      );
      used.sqs += Math.max(1, Math.ceil(bodies.join('').length / CHUNK));
    } else if (/Message|Queue/.test(command)) used.sqs += 1;
    else used.kms += 1;
  };
  for (const client of Object.values(clients) as Pick<AwsClients['dynamodb'], 'middlewareStack'>[]) {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const command = context.commandName!.replace(/Command$/, '');
        if (latency > 0) await clock.sleep(latency);
        underWay++;
        let output: object | undefined;
        try {
          const result = await next(args);
          output = result.output as object;
          return result;
        } finally {
          underWay--;
          note(command, args.input as Input, output as never);
        }
      },
      { step: 'initialize', priority: 'high', name: 'meter' },
    );
  }
  return {
    usage: () => structuredClone(used),
    reset() {
      used = nothing();
    },
  };
}

function nothing(): AwsUsage {
  return { requests: {}, readUnits: 0, writeUnits: 0, sqs: 0, kms: 0, events: 0 };
}

function chunks(details: string[]): number {
  return details.reduce((sum, detail) => sum + Math.max(1, Math.ceil(detail.length / CHUNK)), 0);
}
