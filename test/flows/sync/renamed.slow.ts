import { describe, expect, it } from '@jest/globals';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { categoryId, optionId } from '../../../lib/sandbox/seed/xero-lines.ts';
import { accountId } from '../../../lib/sandbox/seed/xero-reference.ts';
import { documentOf, editOrder, enterOrder, goods, lump, standingOf, sync } from '../../support/orders.ts';
import { changeOption, refreshAll } from '../../support/reference.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const newScene = scenes();
const RIVERSIDE = PROJECTS.riverside.id;

/** Rules as an import keeps them: with the ids of what they named. */
async function begin(options?: SceneOptions): Promise<Scene> {
  const scene = await newScene(options);
  const { tables } = scene.deployment;
  const itemId = [...books(scene).items.values()].find(({ Code }) => Code === 'CON-PUMP')!.ItemID;
  await tables.replace(scene.connectionId, 'projects', [
    {
      category: 'Project',
      option: 'Riverside Medical',
      project: '1042',
      ids: { option: optionId('Project', 'Riverside Medical'), project: String(RIVERSIDE) },
    },
  ]);
  await tables.replace(scene.connectionId, 'cost-codes', [
    {
      account: '5000',
      item: 'CON-PUMP',
      ids: { account: accountId('5000'), item: itemId },
      target: { costCode: '03-300', costType: 'E' },
    },
    {
      account: '5100',
      tracking: { category: 'Cost Area', option: 'Steel' },
      ids: { account: accountId('5100'), option: optionId('Cost Area', 'Steel') },
      target: { costCode: '05-100', costType: 'S' },
    },
    {
      account: '5400',
      project: PROJECTS.riverside.name,
      ids: { account: accountId('5400'), project: String(RIVERSIDE) },
      target: { costCode: '01-650', costType: 'M' },
    },
  ]);
  return scene;
}

const books = ({ demo }: Scene) => demo.xero.organisations.get(CONTRACTOR.tenantId)!;

const LINES = [
  goods('CON-PUMP', 2, 185),
  lump('5100', 'Erection', 900, { area: 'Steel' }),
  lump('5400', 'Freight', 60),
];

function renameEverything(scene: Scene): void {
  const { xero } = scene.demo;
  for (const code of ['5000', '5100', '5400']) {
    xero.saveAccount(CONTRACTOR.tenantId, { AccountID: accountId(code), Code: `${code}0`, Name: 'Renamed' });
  }
  const item = [...books(scene).items.values()].find(({ Code }) => Code === 'CON-PUMP')!;
  xero.saveItem(CONTRACTOR.tenantId, { ItemID: item.ItemID, Code: 'PUMP' });
  changeOption(scene, 'Project', 'Riverside Medical', { Name: 'Riverside MOB' });
  changeOption(scene, 'Cost Area', 'Steel', { Name: 'Structural Steel' });
  for (const category of ['Project', 'Cost Area']) {
    xero.saveTrackingCategory(CONTRACTOR.tenantId, {
      TrackingCategoryID: categoryId(category),
      Name: `${category} (new)`,
    });
  }
  const people = scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
  people.renumberProject(RIVERSIDE, '2042');
  people.renameProject(RIVERSIDE, 'Riverside MOB');
}

const coded = (amount: string) => [
  { costCode: '03-300', costType: 'E', amount },
  { costCode: '05-100', costType: 'S', amount: '900.00' },
  { costCode: '01-650', costType: 'M', amount: '60.00' },
];

describe('an order whose account, item, tracking options and project are renamed', () => {
  it.each<[string, SceneOptions, (scene: Scene) => Promise<unknown>]>([
    ['as soon as that is known', {}, refreshAll],
    ['before anybody has noticed', {}, async () => {}],
    [
      'and whose lines name options without ids',
      { xero: { limits: { minute: 1e9 }, unverified: { trackingOptionIds: false } } },
      async () => {},
    ],
  ])('stays on its cost codes without any import, %s', async (_case, options, notice) => {
    const scene = await begin(options);
    await refreshAll(scene);
    const order = enterOrder(scene, { LineItems: LINES });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ project: '1042', lines: coded('370.00') }]);

    renameEverything(scene);
    await notice(scene);
    const [pump, ...others] = order.LineItems;
    const edited = editOrder(scene, order, { LineItems: [{ ...pump!, Quantity: 3 }, ...others] });
    expect(edited.LineItems[0]).toMatchObject({ AccountCode: '50000', ItemCode: 'PUMP' });
    await sync(scene, edited);
    expect(await documentOf(scene, edited)).toMatchObject({ state: 'posted' });
    expect(standingOf(scene, edited)).toMatchObject([{ project: '2042', lines: coded('555.00') }]);

    const another = enterOrder(scene, { LineItems: order.LineItems.map(({ LineItemID, ...line }) => line) });
    await sync(scene, another);
    expect(standingOf(scene, another)).toMatchObject([{ project: '2042', lines: coded('370.00') }]);
  });
});
