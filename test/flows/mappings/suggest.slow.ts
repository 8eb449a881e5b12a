import { beforeEach, describe, expect, it } from '@jest/globals';
import { addRows } from '../../../lib/flows/mappings/add-rows.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { RULES } from '../../../lib/flows/mappings/rule-csv.ts';
import { suggestRuleRows } from '../../../lib/flows/mappings/suggest-mappings.ts';
import { suggestProjectRows } from '../../../lib/flows/mappings/suggest-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { byHand, projectIn } from '../../support/by-hand.ts';
import { enterOrder, goods, lump, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, seededOrder, writeCalls } from '../../support/scene.ts';

const NO_RULES = RULES_CSV.split('\n')[0]!;
const NO_PROJECTS = PROJECTS_CSV.split('\n')[0]!;
const { tenantId, procoreCompanyId } = CONTRACTOR;

const openScene = scenes();
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const rules = (csv: string) => importMappings(scene.connectionId, csv, scene.deployment);
const projects = (csv: string) => importProjects(scene.connectionId, csv, scene.deployment);
const ask = async (suggest: typeof suggestRuleRows, options = {}) =>
  suggest(await connectionOf(scene), { days: 90, all: false, ...options }, scene.deployment, () => {});

describe('suggested projects', () => {
  it('are a CSV that can be imported as it is, with reasons beside it', async () => {
    await projects(NO_PROJECTS);
    const { csv, suggested, open } = await ask(suggestProjectRows);
    expect(csv.split('\n').toSorted().join('\n').trim()).toBe(
      [
        'Project,Cedar Elementary,1051',
        'Project,Oak Street Apts,1047',
        'Project,Riverside Medical,1042',
        NO_PROJECTS,
      ].join('\n'),
    );
    expect(suggested.map(({ reason }) => reason)).toContainEqual(
      'near 1047 Oak Street Apartments: abbreviated: apts / apartments',
    );
    expect(open).toEqual([{ what: 'Project=Harbor Point Garage', candidates: [] }]);
    expect(await projects(csv)).toMatchObject({ rows: 3, warnings: [] });
    expect(await ask(suggestProjectRows)).toMatchObject({ csv: `${NO_PROJECTS}\n`, suggested: [] });
  });

  it('are for what was seen, or with all for every active option', async () => {
    await projects(NO_PROJECTS);
    const csvOf = async (options: object) => (await ask(suggestProjectRows, options)).csv;
    expect(await csvOf({ days: 1 })).not.toContain('Oak Street');
    expect(await csvOf({ days: 1, all: true })).toContain('Project,Oak Street Apts,1047');
  });

  it('show the candidates where it may be one of several', async () => {
    const people = scene.demo.procore.people(procoreCompanyId);
    people.addProject({ id: 598134325511099, number: '1099', name: PROJECTS.oak.name, costCodes: [] });
    await projects(NO_PROJECTS);
    const { csv, open } = await ask(suggestProjectRows);
    expect(csv).not.toContain('Oak Street');
    expect(open).toContainEqual({
      what: 'Project=Oak Street Apts',
      candidates: [expect.stringMatching(/^1047: near/), expect.stringMatching(/^1099: near/)],
    });
  });
});

describe('suggested rules', () => {
  it('follow what people typed into Procore before, by amount and text of their lines', async () => {
    await rules(NO_RULES);
    const { commit } = await byHandWithLines();
    for (const number of ['PO-1210', 'PO-1218', 'PO-1221']) await commit('oak', number);
    const before = writeCalls(scene);
    const { csv, suggested } = await ask(suggestRuleRows);
    expect(csv).toContain('\n5100,,,,22-100,S,,,4 of 4 lines posted before\n');
    expect(csv).toContain('\n5000,,,,09-250,M,,,3 of 3 lines posted before\n');
    expect(suggested).toContainEqual({
      row: {
        account: '5100',
        target: { costCode: '22-100', costType: 'S' },
        note: '4 of 4 lines posted before',
      },
      reason: '4 of 4 lines posted before',
    });
    expect(writeCalls(scene)).toBe(before);
  });

  it('follow what the connector posted, and fill the gaps of a table without touching its rows', async () => {
    for (const number of ['PO-1203', 'PO-1205', 'PO-1207', 'PO-1215', 'PO-1221'])
      await sync(scene, seededOrder(scene, number));
    const kept = RULES_CSV.split('\n').filter((row) => !/^5000,(TIM|DRY|\*)/.test(row));
    await rules(kept.join('\n'));
    const { csv, open } = await ask(suggestRuleRows, { days: 200 });
    expect(csv).toBe(
      [
        NO_RULES,
        '5000,TIM-*,,,06-110,M,,,8 of 8 lines posted before',
        '5000,DRY-*,,,09-250,M,,,3 of 3 lines posted before',
        '',
      ].join('\n'),
    );
    expect(open.map(({ what }) => what)).toContain('account 5900, Job Costs to Allocate: 2 lines');
    const added = await addRows(RULES, scene.connectionId, csv, { by: 'maria' }, scene.deployment);
    expect(added).toMatchObject({ changes: { added: 2, removed: 0, changed: 0 }, warnings: [] });
    expect((await ask(suggestRuleRows, { days: 200 })).csv).toBe(`${NO_RULES}\n`);
  });

  it('follow codes and names where nothing was posted', async () => {
    scene.demo.xero.saveAccount(tenantId, { Code: '09250', Name: 'Walls', Type: 'DIRECTCOSTS' });
    await rules(`${NO_RULES}\n5100,,Cost Area=Steel,,09-250,S,,,\n`);
    enterOrder(scene, {
      LineItems: [{ ...lump('5500', 'Boards', 10), AccountCode: '09250' }, goods('FRT', 1, 5)],
    });
    const { csv } = await ask(suggestRuleRows, { days: 1 });
    expect(csv).toContain("\n09250,,,,09-250,S,,,code 09-250 is the account's\n");
    expect(csv).toContain('\n5400,,,,01-650,M,,,named like 01-650 Freight and Delivery\n');
  });

  it('are for what was seen, or with all for every active account and item', async () => {
    await rules(NO_RULES);
    expect((await ask(suggestRuleRows, { days: 1 })).csv).toBe(`${NO_RULES}\n`);
    const { csv } = await ask(suggestRuleRows, { days: 1, all: true });
    expect(csv).toContain('\n5500,,,,01-510,L,,,named like 01-510 Temporary Labor\n');
    // A bank account is no cost of a job.
    expect(csv).not.toContain('\n1000,');
  });
});

/** Somebody types orders into Procore, lines and all, and books them as the contractor's accountant would. */
async function byHandWithLines() {
  const hand = await byHand(scene);
  const codes: Record<string, string> = { '5100': '22-100.S', '5000': '09-250.M' };
  return {
    async commit(key: 'oak', number: string) {
      const project = projectIn(scene, key);
      const { id } = await hand.writeCommitment(project.id, number);
      for (const line of seededOrder(scene, number).LineItems) {
        const [costCode, costType] = codes[line.AccountCode!]!.split('.');
        await hand.writeLine(project.id, id, {
          description: line.Description!.toUpperCase(),
          amount: String(line.LineAmount),
          cost_code_id: [...project.costCodes.values()].find(({ full_code }) => full_code === costCode)!.id,
          line_item_type_id: [...scene.company.costTypes.values()].find(({ code }) => code === costType)!.id,
        });
      }
    },
  };
}
