import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/ports.ts';
import { systemClock } from '../core/ports.ts';
import type { ProcoreSandbox, ProcoreSandboxOptions } from './procore/server.ts';
import { startProcoreSandbox } from './procore/server.ts';
import { connectionFile } from './seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from './seed/contractor.ts';
import { seedProcore } from './seed/seed-procore.ts';
import { seedXero } from './seed/seed-xero.ts';
import type { XeroSandbox, XeroSandboxOptions } from './xero/server.ts';
import { startXeroSandbox } from './xero/server.ts';

type File = ReturnType<typeof connectionFile>;
type DemoConnectionFile = Omit<File, 'xero'> & {
  xero: Omit<File['xero'], 'refreshToken'> & { refreshToken: string };
};

export interface DemoVendors {
  xero: XeroSandbox;
  procore: ProcoreSandbox;
  /** The date that the seed's documents count back from. */
  today: string;
  /** What `connect --file` takes to join the two. */
  connectionFile: DemoConnectionFile;
  close(): Promise<void>;
}

/**
 * Both sandboxes with the seeded contractor in them, its apps registered and consented. With a data folder Procore
 * goes on from what it held; the Xero books are the seed again, as of the day on which the folder was begun.
 */
export async function startDemoVendors(
  options: {
    clock?: Clock;
    dataDir?: string;
    xero?: XeroSandboxOptions;
    procore?: ProcoreSandboxOptions;
  } = {},
): Promise<DemoVendors> {
  const { clock = systemClock, dataDir } = options;
  const today = firstDay(dataDir, clock.now().toISOString().slice(0, 10));
  const { clientId, clientSecret, webhookKey } = DEMO_CREDENTIALS.xero;

  const xero = await startXeroSandbox({ clock, ...options.xero });
  xero.addOrganisation(seedXero(today));
  xero.registerApp({ clientId, clientSecret, webhookKey, grant: 'refresh_token' });
  const refreshToken = xero.authorise(clientId, CONTRACTOR.tenantId);

  const dataFile = dataDir && join(dataDir, 'procore.bin');
  const procore = await startProcoreSandbox({ clock, ...(dataFile && { dataFile }), ...options.procore });
  if (!procore.companies.has(CONTRACTOR.procoreCompanyId)) procore.addCompany(seedProcore(today));
  procore.registerServiceAccount({
    ...DEMO_CREDENTIALS.procore,
    companyId: CONTRACTOR.procoreCompanyId,
    permittedProjectIds: 'all',
  });

  const file = connectionFile(today);
  return {
    xero,
    procore,
    today,
    connectionFile: { ...file, xero: { ...file.xero, refreshToken } },
    async close() {
      await Promise.all([xero.close(), procore.close()]);
    },
  };
}

/** The day on which the data folder was begun; today without one. */
function firstDay(dataDir: string | undefined, today: string): string {
  if (dataDir === undefined) return today;
  const file = join(dataDir, 'seeded-on');
  if (!existsSync(file)) writeFileSync(file, today);
  return readFileSync(file, 'utf8');
}
