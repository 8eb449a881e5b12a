import { connect } from '../../lib/flows/connect/connect.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { seedAccounts, seedItems, seedTracking } from '../../lib/sandbox/seed/xero-reference.ts';
import type { PurchaseOrder, PurchaseOrderDraft } from '../../lib/sandbox/xero/documents.ts';
import type { ContactDraft } from '../../lib/sandbox/xero/reference-records.ts';
import { FENCE } from './orders.ts';
import type { Scene } from './scene.ts';

export const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';
const GULF = { ContactID: '9c3a1c54-12ab-4f3e-8a6d-0f5b6f1f7a01', Name: 'Gulf Fencing' };

interface Options {
  app?: { clientId: string; clientSecret: string; webhookKey: string };
  contacts?: ContactDraft[];
  settings?: Record<string, unknown>;
}

/** A second organisation, by default of the same app, whose orders go into the same Procore company. */
export async function connectHarbor({ demo, deployment }: Scene, options: Options = {}): Promise<string> {
  const { app = DEMO_CREDENTIALS.xero, contacts = [GULF], settings } = options;
  const since = '2026-01-01';
  demo.xero.addOrganisation({
    tenantId: HARBOR,
    name: 'Harbor Homes',
    baseCurrency: 'USD',
    countryCode: 'US',
    accounts: seedAccounts(since),
    items: seedItems(since),
    trackingCategories: seedTracking(),
    contacts,
  });
  const refreshToken = demo.xero.authorise(app.clientId, HARBOR);
  const { connectionFile: file } = demo;
  const xero = { ...file.xero, ...app, tenantId: HARBOR, refreshToken };
  const wanted = { ...file, name: 'Harbor Homes', xero, settings: { ...file.settings, ...settings } };
  const { connectionId } = await connect(wanted, deployment);
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
  return connectionId;
}

export function enterHarborOrder({ demo }: Scene, draft: Partial<PurchaseOrderDraft> = {}): PurchaseOrder {
  return demo.xero.savePurchaseOrder(HARBOR, {
    ...FENCE,
    Contact: GULF,
    PurchaseOrderNumber: 'HH-1',
    ...draft,
  });
}
