import { forbidden, notFound } from './errors.ts';
import { costCodeView, costTypeView } from './line-view.ts';
import type { Route } from './route.ts';
import { companyRoute, projectRoute } from './route.ts';
import { isLeaf } from './wbs-codes.ts';

export const codingRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: '/rest/v1.0/cost_codes',
    project: 'query',
    query: ['filters[id]', 'filters[origin_id]', 'view'],
    pages: 'v1',
    handle: ({ company, project, query }) => {
      const ids = query.ids('id');
      const types = [...company.costTypes.values()].map(costTypeView);
      return [...project.costCodes.values()]
        .filter((code) => (ids?.has(code.id) ?? true) && query.filter('origin_id') === undefined)
        .map((code) => ({
          ...costCodeView(project, code),
          line_item_types: isLeaf(project, code.id) ? types : [],
        }));
    },
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/line_item_types',
    query: ['company_id', 'project_id', 'filters[origin_id]'],
    pages: 'v1',
    handle: ({ company }) => [...company.costTypes.values()].map(costTypeView),
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/tax_codes',
    company: 'query',
    pages: { default: 100, max: 100 },
    handle: ({ company }) =>
      company.taxCodes.map((code, index) => ({
        ...code,
        origin_id: null,
        origin_data: null,
        archived: false,
        default_tax_code: index === 0,
      })),
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/companies/{company_id}/uoms',
    company: 'path',
    pages: { default: 100, max: 100 },
    handle: ({ company, world }) => {
      if (world.rules.unitsOfMeasure === 'not-found') throw notFound('Unit of measure');
      if (world.rules.unitsOfMeasure === 'forbidden') throw forbidden('You do not have permission');
      return company.units.map((unit) => ({
        ...unit,
        is_standard: false,
        description: null,
        uom_category: { id: 1, name: 'other' },
      }));
    },
  }),
];
