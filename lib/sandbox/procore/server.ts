import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../core/ports.ts';
import type { Gate } from './answer.ts';
import { buildCompany } from './build-company.ts';
import type { ProcoreCompanyData } from './company.ts';
import { keep, kept } from './data-file.ts';
import type { Faults } from './faults.ts';
import { faults } from './faults.ts';
import { listen } from './listen.ts';
import type { People } from './people.ts';
import { people } from './people.ts';
import type { Limits } from './rate-limits.ts';
import { rateLimits } from './rate-limits.ts';
import type { Company } from './records.ts';
import type { ServiceAccount } from './token.ts';
import { tokens } from './token.ts';
import type { Unverified } from './unverified.ts';
import { LIKELIER } from './unverified.ts';
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
  const gate: Gate = {
    world,
    tokens: tokens(world),
    limits: rateLimits(world, options.limits ?? { hourly: 3600, spike: 100 }),
    unread: (endpoint, field) => void unread.add(`${endpoint}: ${field}`),
    written: () => {
      if (dataFile !== undefined) keep(dataFile, world.snapshot());
    },
  };
  const calls = new Map<string, number>();
  const active = faults();
  const app = wire(gate, active, (endpoint) => calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1));
  const { url, close } = await listen(app, options.port ?? 0);
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
      return people(world, company);
    },
    permit: (clientId, permittedProjectIds) => {
      Object.assign(gate.tokens.account(clientId), { permittedProjectIds });
    },
    snapshot: world.snapshot,
    close,
  };
}
