import type { Project } from './records.ts';
import type { CompanyCall, Route } from './route.ts';
import { companyRoute } from './route.ts';

const STATUSES = ['All', 'Active', 'Inactive'] as const;

export const projectRoutes: Route[] = [
  companyRoute({
    method: 'GET',
    path: '/rest/v1.1/projects',
    company: 'query',
    query: [
      'view',
      'sort',
      'filters[by_status]',
      'filters[name]',
      'filters[project_number]',
      'filters[id]',
      'filters[vendor_id]',
      'filters[updated_at]',
    ],
    pages: { default: 100, max: 300 },
    handle: (call) => listed(call).map((project) => view(call, project)),
  }),
];

function listed({ projects, query }: CompanyCall): Project[] {
  const status = query.word('by_status', STATUSES) ?? 'All';
  const ids = query.ids('id');
  const vendorId = query.filter('vendor_id');
  const kept = projects.filter(
    (project) =>
      (status === 'All' || project.active === (status === 'Active')) &&
      (ids?.has(project.id) ?? true) &&
      [undefined, project.name].includes(query.filter('name')) &&
      [undefined, project.project_number].includes(query.filter('project_number')) &&
      (vendorId === undefined || project.vendorIds.has(Number(vendorId))) &&
      query.inRange('updated_at', project.updated_at),
  );
  return query.get('sort') === 'name' ? kept.sort((a, b) => a.name.localeCompare(b.name)) : kept;
}

function view({ company, query }: CompanyCall, project: Project) {
  const { id, name, display_name, project_number, active, created_at, updated_at } = project;
  if (query.get('view') === 'ids') return { id };
  if (query.get('view') === 'compact') return { id, name, display_name, project_number };
  return {
    id,
    name,
    display_name,
    project_number,
    active,
    origin_id: null,
    created_at,
    updated_at,
    company: { id: company.id, name: company.name },
  };
}
