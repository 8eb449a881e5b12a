import { invalid, notFound } from './errors.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { vendorView } from './vendor-view.ts';

export const projectVendorRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: '/rest/v1.1/projects/{project_id}/vendors',
    project: 'path',
    query: ['view', 'filters[search]', 'filters[id]'],
    pages: 'v1',
    handle: listed,
  }),
  projectRoute({
    method: 'POST',
    path: '/rest/v1.1/projects/{project_id}/vendors/{id}/actions/add',
    project: 'path',
    handle: add,
  }),
];

function listed({ company, project, query }: ProjectCall) {
  const ids = query.ids('id');
  const search = query.filter('search')?.toLowerCase() ?? '';
  const view = query.get('view');
  return [...project.vendorIds]
    .map((vendorId) => company.vendors.get(vendorId)!)
    .filter(
      (vendor) =>
        vendor.is_active && (ids?.has(vendor.id) ?? true) && vendor.name.toLowerCase().includes(search),
    )
    .map((vendor) => {
      if (view === 'ids_only') return { id: vendor.id };
      return vendorView(vendor, view === 'minimal' || view === 'name' ? 'compact' : 'extended');
    });
}

function add({ world, company, project, id }: ProjectCall) {
  const vendor = company.vendors.get(id('id'));
  if (vendor === undefined) throw notFound('Vendor');
  if (!vendor.is_active) throw invalid({ base: ['Vendor is inactive'] });
  if (project.vendorIds.has(vendor.id) && world.rules.vendorAlreadyInProject === 'refused') {
    throw invalid({ base: ['Vendor is already in the project'] });
  }
  project.vendorIds.add(vendor.id);
  return vendorView(vendor, 'extended');
}
