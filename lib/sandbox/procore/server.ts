import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../core/ports.ts';
import type { Gate } from './answer.ts';
import { apps } from './apps.ts';
import { buildCompany } from './build-company.ts';
import type { ProcoreCompanyData } from './company.ts';
import { keep, kept } from './data-file.ts';
import type { Faults } from './faults.ts';
import { faults } from './faults.ts';
import { rememberProjects } from './late-budget.ts';
import { listen } from './listen.ts';
import type { People } from './people.ts';
import { people } from './people.ts';
import type { Limits } from './rate-limits.ts';
import { rateLimits } from './rate-limits.ts';
import type { Company } from './records.ts';
import type { ServiceAccount } from './token.ts';
import { tokens } from './token.ts';
import type { Tool, ToolAccess } from './tools.ts';
import type { Unverified } from './unverified.ts';
import { LIKELIER } from './unverified.ts';
import type { Courier } from './webhooks/courier.ts';
import { courier } from './webhooks/courier.ts';
import { watched } from './webhooks/watch.ts';
import { wire } from './wiring.ts';
import { newWorld } from './world.ts';

export interface ProcoreSandboxOptions {
  clock?: Clock;
  /** Default: any free port. */
  port?: number;
  /** Default 3600 an hour, 100 in ten seconds. */
  limits?: Limits;
  /** Keeps what the companies hold over restarts: after each call that may have changed something. */
  dataFile?: string;
  /** Departures from the likelier reading of what Procore leaves open. */
  unverified?: Partial<Unverified>;
  /** Webhooks are delivered soon after each change, or only when told to settle. Default by itself. */
  webhooks?: 'by-itself' | 'when-told';
  /** Milliseconds in which an endpoint must answer a webhook; default 5000, as in Procore. */
  webhookTimeout?: number;
  /** What an earlier sandbox held; its service accounts have to be registered again. */
  snapshot?: Uint8Array;
}

/** A running stand-in of Procore: API and login on one origin. */
export interface ProcoreSandbox {
  url: string;
  /** What the companies hold, by id: for tests to look at. */
  companies: ReadonlyMap<number, Company>;
  addCompany(data: ProcoreCompanyData): Company;
  registerServiceAccount(account: ServiceAccount): void;
  faults: Faults;
  /** Requests so far, by `METHOD path-pattern`. */
  calls: ReadonlyMap<string, number>;
  /** Parameters and body fields that were sent and that Procore ignores, as `METHOD path-pattern: field`. */
  unread: ReadonlySet<string>;
  /** What a person does in Procore itself, in one company. */
  people(companyId: number): People;
  /** Changes which projects a service account may see. */
  permit(clientId: string, projectIds: number[] | 'all'): void;
  /** A company removes the app: nothing of the company can be reached any more. */
  removeApp(clientId: string): void;
  /** A company installs the app again, with no project permitted until an administrator picks them. */
  reinstallApp(clientId: string): void;
  /** An administrator takes the permission on a tool from the app, or gives it back. */
  allowTool(clientId: string, tool: Tool, access: ToolAccess): void;
  webhooks: Pick<Courier, 'settle' | 'send' | 'disturb'>;
  /** All companies as they stand, for a later sandbox to go on from. */
  snapshot(): Uint8Array;
  close(): Promise<void>;
}

/** Starts the sandbox on the loopback interface. */
export async function startProcoreSandbox(options: ProcoreSandboxOptions = {}): Promise<ProcoreSandbox> {
  const world = newWorld(
    options.clock ?? systemClock,
    { ...LIKELIER, ...options.unverified },
    options.snapshot ?? kept(options.dataFile),
  );
  const { dataFile } = options;
  const unread = new Set<string>();
  const written = () => {
    if (dataFile !== undefined) keep(dataFile, world.snapshot());
  };
  const post = courier(world, {
    byItself: options.webhooks !== 'when-told',
    timeout: options.webhookTimeout ?? 5000,
    delivered: written,
  });
  const change: Gate['change'] = (company, author, work) => {
    rememberProjects(world, company);
    try {
      return watched(world, company, author, work);
    } finally {
      written();
      post.wake();
    }
  };
  const gate: Gate = {
    world,
    tokens: tokens(world),
    limits: rateLimits(world, options.limits ?? { hourly: 3600, spike: 100 }),
    unread: (endpoint, field) => void unread.add(`${endpoint}: ${field}`),
    change,
  };
  const calls = new Map<string, number>();
  const active = faults();
  const app = wire(gate, active, (endpoint) => calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1));
  const { url, close } = await listen(app, options.port ?? 0);
  world.storage.url = `${url}/storage`;
  post.wake();
  return {
    url,
    companies: world.companies,
    addCompany: (data) => {
      const company = buildCompany(world, data);
      world.companies.set(company.id, company);
      return company;
    },
    registerServiceAccount: gate.tokens.register,
    faults: active,
    calls,
    unread,
    people: (companyId) => {
      const company = world.companies.get(companyId);
      if (company === undefined) throw new Error(`No company ${companyId}`);
      return people(world, company, change);
    },
    ...apps(gate),
    webhooks: post,
    snapshot: world.snapshot,
    close: async () => {
      await post.close();
      await close();
    },
  };
}
