import type { Clock } from '../../../lib/core/ports.ts';
import type { ProcoreSandbox, ProcoreSandboxOptions } from '../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { connectionFile } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { seedProcore } from '../../../lib/sandbox/seed/seed-procore.ts';
import { seedXero } from '../../../lib/sandbox/seed/seed-xero.ts';
import { contactId } from '../../../lib/sandbox/seed/xero-reference.ts';
import type { XeroSandbox, XeroSandboxOptions } from '../../../lib/sandbox/xero/server.ts';
import { startXeroSandbox } from '../../../lib/sandbox/xero/server.ts';

/** The project in which everything of the bench lies. */
export const PROJECT_ID = PROJECTS.riverside.id;
export const COMPANY_ID = CONTRACTOR.procoreCompanyId;
export const TENANT = CONTRACTOR.tenantId;

export interface BenchVendors {
  xero: XeroSandbox;
  procore: ProcoreSandbox;
  connectionFile: object;
  close(): Promise<void>;
}

/** The vendors' quotas out of the way: counted are the calls. */
const BOUNDLESS = {
  xero: { limits: { minute: 1e9, day: 1e9, appMinute: 1e9 } },
  procore: { limits: { hourly: 1e9, spike: 1e9 } },
};

/** Both sandboxes, without quotas unless told otherwise, with one connected contractor, empty of documents, whose suppliers the project knows already. */
export async function startBenchVendors(
  suppliers: string[],
  clock: Clock,
  options: { xero?: XeroSandboxOptions; procore?: ProcoreSandboxOptions } = {},
): Promise<BenchVendors> {
  const today = clock.now().toISOString().slice(0, 10);
  const xero = await startXeroSandbox({ clock, ...BOUNDLESS.xero, ...options.xero });
  xero.addOrganisation({
    ...seedXero(today),
    contacts: suppliers.map((Name) => ({
      ContactID: contactId(Name),
      Name,
      ContactStatus: 'ACTIVE',
      IsSupplier: true,
    })),
    ...{ purchaseOrders: [], invoices: [], creditNotes: [], payments: [] },
  });
  const { clientId, clientSecret, webhookKey } = DEMO_CREDENTIALS.xero;
  xero.registerApp({ clientId, clientSecret, webhookKey, grant: 'refresh_token' });
  const refreshToken = xero.authorise(clientId, TENANT);

  const procore = await startProcoreSandbox({
    ...{ clock, webhooks: 'when-told' },
    ...BOUNDLESS.procore,
    ...options.procore,
  });
  const seeded = seedProcore(today);
  procore.addCompany({
    ...seeded,
    vendors: [...seeded.vendors!, ...suppliers.map((name) => ({ name }))],
    projects: seeded.projects.map((project) =>
      project.id === PROJECT_ID
        ? {
            ...project,
            vendors: [...project.vendors!, ...suppliers],
            // So much that nothing is ever held for an approval.
            budgetLines: project.budgetLines!.map((line) => ({ ...line, original: '9000000000.00' })),
          }
        : project,
    ),
  });
  procore.registerServiceAccount({
    ...DEMO_CREDENTIALS.procore,
    companyId: COMPANY_ID,
    permittedProjectIds: 'all',
  });
  const file = connectionFile(today);
  return {
    xero,
    procore,
    connectionFile: { ...file, xero: { ...file.xero, refreshToken } },
    async close() {
      await Promise.all([xero.close(), procore.close()]);
    },
  };
}
