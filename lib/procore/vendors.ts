import type { ProjectTool } from '../core/ports.ts';
import type { NewVendor } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import type { Call } from './paging.ts';
import { MANY } from './reference.ts';
import type { Update } from './sync.ts';
import { syncByOrigin } from './sync.ts';
import { anything, idNumber, idWire, vendorWire } from './wire.ts';

type Vendors = 'vendors' | 'inactiveVendors' | 'vendorIdsOfProject' | 'syncVendor' | 'addVendorToProject';

export function vendors(api: ProcoreApi): Pick<ProjectTool, Vendors> {
  const idsOfProject = async (projectId: string, filter: Record<string, string> = MANY) => {
    const path = `/rest/v1.1/projects/${projectId}/vendors`;
    const query = { view: 'ids_only', ...filter };
    const entries = await api.list({ path, query, what: 'vendors of the project' }, idWire);
    return new Set(entries.map((entry) => entry.id));
  };

  const listed = async (call: Call) => {
    const all = await api.list(call, vendorWire);
    return all.map(({ id, name, origin_id }) => present({ id, name, originId: origin_id }));
  };

  return {
    vendors: () => {
      const query = { company_id: api.companyId, view: 'normal', ...MANY };
      return listed({ path: '/rest/v1.0/vendors', query, what: 'vendors' });
    },
    inactiveVendors: () => {
      const path = `/rest/v1.0/companies/${api.companyId}/vendors/inactive`;
      return listed({ path, query: MANY, what: 'inactive vendors' });
    },
    vendorIdsOfProject: (projectId) => idsOfProject(projectId),
    syncVendor: async (vendor) => {
      const call = {
        path: '/rest/v1.0/vendors/sync',
        body: { company_id: idNumber(api.companyId) },
        what: `vendor "${vendor.name}"`,
      };
      const ids = await syncByOrigin(api, call, [toUpdate(vendor)]);
      return ids.get(vendor.originId)!;
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

function toUpdate(vendor: NewVendor): Update {
  return present({
    origin_id: vendor.originId,
    name: vendor.name,
    address: vendor.address,
    city: vendor.city,
    state_code: vendor.region,
    zip: vendor.postalCode,
    country_code: vendor.country,
    business_phone: vendor.phone,
    email_address: vendor.email,
  });
}
