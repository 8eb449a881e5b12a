import type { Contract, Project, Requisition } from '../../lib/sandbox/procore/records.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../lib/sandbox/seed/projects.ts';
import type { Scene } from './scene.ts';

const PERSON = { clientId: 'person', clientSecret: 'secret' };

/** What somebody does in Procore beside the connector, through Procore's own rules. */
export async function byHand({ demo, company }: Scene) {
  const { url, registerServiceAccount } = demo.procore;
  registerServiceAccount({ ...PERSON, companyId: company.id, permittedProjectIds: 'all' });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: PERSON.clientId,
    client_secret: PERSON.clientSecret,
  });
  const { access_token } = (await (
    await fetch(`${url}/oauth/token`, { method: 'POST', body: form })
  ).json()) as { access_token: string };

  async function post(path: string, body: object): Promise<{ id: number }> {
    const headers = {
      authorization: `Bearer ${access_token}`,
      'procore-company-id': String(CONTRACTOR.procoreCompanyId),
      'content-type': 'application/json',
    };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`Procore answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { id: number };
  }

  return {
    writeCommitment: (projectId: number, number: string) =>
      post('/rest/v1.0/purchase_order_contracts', {
        project_id: projectId,
        purchase_order_contract: { number, title: 'Typed in by hand' },
      }),
    writeLine: (projectId: number, commitmentId: number, line: object) =>
      post(`/rest/v1.0/purchase_order_contracts/${commitmentId}/line_items`, {
        project_id: projectId,
        line_item: line,
      }),
    /** Bills all lines of a commitment by this share, in the first period of its project. */
    bill: (project: Project, contract: Contract, share: number) =>
      post('/rest/v1.1/requisitions?view=items', {
        project_id: project.id,
        commitment_id: contract.id,
        requisition: {
          period_id: [...project.periods.keys()][0],
          status: 'approved',
          items: contract.lines.map(({ id, amount }) => ({
            item_type: 'contract_item',
            line_item_id: id,
            work_completed_this_period: String(Number(amount) * share),
          })),
        },
      }),
  };
}

export function projectIn({ company }: Pick<Scene, 'company'>, key: keyof typeof PROJECTS): Project {
  return company.projects.get(PROJECTS[key].id)!;
}

/** The commitments that stand in the project, whoever wrote them. */
export function contractsIn(scene: Pick<Scene, 'company'>, key: keyof typeof PROJECTS): Contract[] {
  return [...projectIn(scene, key).contracts.values()].filter(({ deleted_at }) => deleted_at === null);
}

export function requisitionsIn(scene: Pick<Scene, 'company'>, key: keyof typeof PROJECTS): Requisition[] {
  return [...projectIn(scene, key).requisitions.values()];
}
