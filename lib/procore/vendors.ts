import type * as z from 'zod/mini';
import { ProcoreRefused } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { NewVendor, VendorCard } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import type { Update } from './sync.ts';
import { syncEachByOrigin } from './sync.ts';
import { anything, idNumber, idWire, vendorCardWire, vendorWire } from './wire.ts';

type Vendors =
  | 'vendors'
  | 'inactiveVendors'
  | 'vendorCards'
  | 'vendorIdsOfProject'
  | 'syncVendors'
  | 'addVendorToProject';

/** How many ids fit into one query string with room to spare. */
const IDS_PER_CALL = 50;

export function vendors(api: ProcoreApi): Pick<ProjectTool, Vendors> {
  const idsOfProject = async (projectId: string, filter: Record<string, string> = MANY) => {
    const path = `/rest/v1.1/projects/${projectId}/vendors`;
    const query = { view: 'ids_only', ...filter };
    const entries = await api.list({ path, query, what: 'vendors of the project' }, idWire);
    return new Set(entries.map((entry) => entry.id));
  };
  const listed = { path: '/rest/v1.0/vendors', what: 'vendors' };

  return {
    vendors: async () => {
      const query = { company_id: api.companyId, view: 'normal', ...MANY };
      return (await api.list({ ...listed, query }, vendorWire)).map(toVendor);
    },
    inactiveVendors: async () => {
      const path = `/rest/v1.0/companies/${api.companyId}/vendors/inactive`;
      const call = { path, query: MANY, what: 'inactive vendors' };
      return (await api.list(call, vendorWire)).map(toVendor);
    },
    vendorCards: async (ids) => {
      const cards = new Map<string, VendorCard>();
      for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
        const wanted = ids.slice(start, start + IDS_PER_CALL).map((id) => ['filters[id][]', id] as const);
        const query = [
          ['company_id', api.companyId],
          ['view', 'extended'],
          ...wanted,
          ...Object.entries(MANY),
        ];
        const path = `${listed.path}?${new URLSearchParams(query as [string, string][])}`;
        for (const entry of await api.list({ path, what: 'vendors' }, vendorCardWire)) {
          cards.set(entry.id, toCard(entry));
        }
      }
      return cards;
    },
    vendorIdsOfProject: (projectId) => idsOfProject(projectId),
    syncVendors: async (wanted) => {
      const [only] = wanted;
      const call = {
        path: '/rest/v1.0/vendors/sync',
        body: { company_id: idNumber(api.companyId) },
        what: only && wanted.length === 1 ? `vendor "${only.name}"` : 'vendor',
      };
      const outcomes = await syncEachByOrigin(api, call, wanted.map(toUpdate), vendorCardWire);
      return new Map(
        [...outcomes].map(([originId, outcome]) => [
          originId,
          outcome instanceof ProcoreRefused ? outcome : toCard(outcome),
        ]),
      );
    },
    addVendorToProject: async (projectId, vendorId) => {
      // What adding a vendor a second time answers is not documented.
      const there = await idsOfProject(projectId, { 'filters[id][]': vendorId });
      if (there.has(vendorId)) return;
      const path = `/rest/v1.1/projects/${projectId}/vendors/${vendorId}/actions/add`;
      await api.post({ path, what: 'vendor in the project' }, anything);
    },
  };
}

function toVendor({ id, name, origin_id }: z.output<typeof vendorWire>) {
  return present({ id, name, originId: origin_id });
}

/** Procore's names of the fields that the connector writes. */
const FIELDS = {
  name: 'name',
  address: 'address',
  city: 'city',
  region: 'state_code',
  postalCode: 'zip',
  country: 'country_code',
  phone: 'business_phone',
  email: 'email_address',
  notes: 'notes',
} as const satisfies Record<keyof Omit<NewVendor, 'originId'>, string>;

type Field = keyof typeof FIELDS;

const ALL_FIELDS = Object.keys(FIELDS) as Field[];

function toUpdate({ originId, emptied = [], ...vendor }: NewVendor & { emptied?: string[] }): Update {
  const fields = ALL_FIELDS.map((field) => [FIELDS[field], emptied.includes(field) ? null : vendor[field]]);
  return present({ origin_id: originId, ...Object.fromEntries(fields) }) as Update;
}

function toCard(wire: z.output<typeof vendorCardWire>): VendorCard {
  const fields = ALL_FIELDS.map((field) => [field, wire[FIELDS[field]]]);
  return present({ ...toVendor(wire), ...Object.fromEntries(fields) }) as VendorCard;
}
