import type { Unverified } from '../unverified.ts';
import type { EventType, PayloadVersion } from './records.ts';
import { EVENT_TYPES } from './records.ts';

/** A resource whose changes a hook may be told of. */
export interface Resource {
  name: string;
  scope: 'company' | 'project';
  tool: string;
  events: readonly EventType[];
}

const ALL = EVENT_TYPES;

/** Names as a live listing gave them, as far as they concern money, vendors and coding. */
const RESOURCES: Resource[] = [
  { name: 'Company Vendors', scope: 'company', tool: 'Directory', events: ['create', 'update'] },
  { name: 'Projects', scope: 'company', tool: 'Portfolio', events: ['create', 'update'] },
  { name: 'Line Item Types', scope: 'company', tool: 'Admin', events: ALL },
  { name: 'Standard Cost Codes', scope: 'company', tool: 'Admin', events: ALL },
  { name: 'ERP Requests', scope: 'company', tool: 'ERP Integrations', events: ALL },
  { name: 'Project Vendors', scope: 'project', tool: 'Directory', events: ALL },
  { name: 'Cost Codes', scope: 'project', tool: 'Admin', events: ALL },
  { name: 'Sub Jobs', scope: 'project', tool: 'Admin', events: ALL },
  { name: 'Budget Line Items', scope: 'project', tool: 'Budget', events: ALL },
  { name: 'Budget Changes', scope: 'project', tool: 'Budget', events: ALL },
  { name: 'Budget Modifications', scope: 'project', tool: 'Budget', events: ALL },
  { name: 'Budget View Snapshots', scope: 'project', tool: 'Budget', events: ['create'] },
  { name: 'Purchase Order Contracts', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Purchase Order Contract Line Items', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Work Order Contracts', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Work Order Contract Line Items', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Contract Payments', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Change Order Packages', scope: 'project', tool: 'Change Orders', events: ALL },
  { name: 'Potential Change Orders', scope: 'project', tool: 'Change Orders', events: ALL },
  { name: 'Direct Costs', scope: 'project', tool: 'Direct Costs', events: ALL },
  { name: 'Direct Cost Line Items', scope: 'project', tool: 'Direct Costs', events: ALL },
  { name: 'Prime Contracts', scope: 'project', tool: 'Prime Contracts', events: ALL },
  { name: 'Payment Applications', scope: 'project', tool: 'Prime Contracts', events: ALL },
];

/** What v4.0 may offer beyond the others. */
const V4_MORE: Resource[] = [
  { name: 'Requisitions', scope: 'project', tool: 'Commitments', events: ALL },
  { name: 'Commitment Change Orders', scope: 'project', tool: 'Commitments', events: ALL },
];

/** What v4.0 may lack. */
const V4_FEWER = ['Budget Line Items', 'Budget Modifications', 'Direct Cost Line Items'];

/** The resources that hooks of a payload version may name; undefined where the version is not offered. */
export function resourcesOf(rules: Unverified, version: PayloadVersion): Resource[] | undefined {
  if (version !== 'v4.0') return RESOURCES;
  if (rules.payloadV4 === 'not-offered') return undefined;
  if (rules.payloadV4 === 'more-resources') return [...RESOURCES, ...V4_MORE];
  if (rules.payloadV4 === 'same-resources') return RESOURCES;
  return RESOURCES.filter(({ name }) => !V4_FEWER.includes(name));
}

/** Those of them that a hook of the company, or of a project, may name. */
export function resourcesInScope(
  rules: Unverified,
  version: PayloadVersion,
  scope: Resource['scope'],
): Resource[] | undefined {
  return resourcesOf(rules, version)?.filter(
    (resource) => resource.scope === scope || (scope === 'company' && rules.companyHooksTakeProjectResources),
  );
}
