import type { Connection } from '../../../lib/core/connection.ts';
import type { Clock, Log } from '../../../lib/core/ports.ts';
import { systemClock } from '../../../lib/core/ports.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { openDeployment } from '../../../lib/flows/deployment.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { pollConnection } from '../../../lib/flows/poll/poll-xero.ts';
import { refreshEverything } from '../../../lib/flows/reference/refresh-everything.ts';
import type { ProcoreSandboxOptions } from '../../../lib/sandbox/procore/server.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import type { XeroSandboxOptions } from '../../../lib/sandbox/xero/server.ts';
import type { BenchAws } from './bench-aws.ts';
import { startBenchAws } from './bench-aws.ts';
import type { BenchVendors } from './vendors.ts';
import { startBenchVendors } from './vendors.ts';
import type { Wire, WireOptions } from './wire.ts';
import { openWire } from './wire.ts';

/** A contractor connected and mapped, whose suppliers are linked and whose reference data lies in the table. */
export interface Rig {
  vendors: BenchVendors;
  aws: BenchAws;
  wire: Wire;
  deployment: Deployment;
  connectionId: string;
  connection(): Promise<Connection>;
  close(): Promise<void>;
}

export interface RigOptions {
  suppliers: string[];
  clock?: Clock;
  wire?: WireOptions;
  xero?: XeroSandboxOptions;
  procore?: ProcoreSandboxOptions;
  log?: Log;
  /** With DynamoDB in this process instead of over the wire. */
  quick?: boolean;
  /** Milliseconds that a request to AWS takes by the clock. */
  awsLatency?: number;
  /** Another AWS than the bench's own. */
  aws?: BenchAws;
}

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export async function openRig(options: RigOptions): Promise<Rig> {
  const { suppliers, clock = systemClock, log = silent } = options;
  const [aws, vendors] = await Promise.all([
    options.aws ?? startBenchAws(clock, options),
    startBenchVendors(suppliers, clock, {
      ...(options.xero && { xero: options.xero }),
      ...(options.procore && { procore: options.procore }),
    }),
  ]);
  const wire = openWire(clock, options.wire);
  const environment = {
    ...aws.environment,
    XERO_API_URL: vendors.xero.url,
    XERO_IDENTITY_URL: vendors.xero.url,
    PROCORE_API_URL: vendors.procore.url,
    PROCORE_LOGIN_URL: vendors.procore.url,
  };
  const deployment = { ...openDeployment(environment, log, clock, aws.clients), fetch: wire.fetch };
  const { connectionId } = await connect(vendors.connectionFile, deployment);
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
  const connection = async () => (await deployment.connections.get(connectionId))!;
  await refreshEverything(deployment, await connection());
  await linkSuppliers(deployment, connectionId);
  return {
    vendors,
    aws,
    wire,
    deployment,
    connectionId,
    connection,
    async close() {
      await Promise.all([vendors.close(), aws.close()]);
    },
  };
}

/** Brings all suppliers over at once, then goes on as connections usually do: with those that documents use. */
async function linkSuppliers(deployment: Deployment, connectionId: string): Promise<void> {
  const change = async (contacts: Connection['settings']['contacts']) => {
    const stored = (await deployment.connections.get(connectionId))!;
    return deployment.connections.update({ ...stored, settings: { ...stored.settings, contacts } });
  };
  await pollConnection(await change('suppliers'), deployment, { full: true });
  await change('used');
}
