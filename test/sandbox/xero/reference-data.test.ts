import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Desk } from './support.ts';
import { guid, openDesk, SITE, SUPPLIER, TENANT, TIMBER } from './support.ts';

describe('contacts and reference data of the Xero sandbox', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    desk.sandbox.saveContact(TENANT, { ContactID: guid(2), Name: 'Liffey Timber Ltd' });
  });
  afterEach(() => desk.sandbox.close());

  it('gives a contact with its address, and every kind of address and phone even where it is empty', async () => {
    const { body } = await desk.get(`/Contacts/${SUPPLIER}`);
    expect(body.Contacts[0]).toMatchObject({ Name: 'Liffey Timber', EmailAddress: 'office@liffey.example' });
    expect(body.Contacts[0].Addresses).toMatchObject([
      { AddressType: 'STREET', AddressLine1: '1 Quay', City: 'Austin' },
      { AddressType: 'POBOX', City: '' },
    ]);
    expect(body.Contacts[0].Phones.map(({ PhoneType }: { PhoneType: string }) => PhoneType)).toEqual([
      'DDI',
      'DEFAULT',
      'FAX',
      'MOBILE',
    ]);
  });

  it('hides a merged contact unless archived ones are asked for, and names the survivor only on pages', async () => {
    desk.sandbox.mergeContacts(TENANT, SUPPLIER, guid(2));
    const rows = async (query: string) => (await desk.get(`/Contacts?IDs=${SUPPLIER}${query}`)).body.Contacts;
    expect(await rows('')).toEqual([]);
    expect((await rows('&includeArchived=true'))[0]).not.toHaveProperty('MergedToContactID');
    expect((await rows('&includeArchived=true&page=1'))[0].MergedToContactID).toBe(guid(2));
    expect((await desk.get(`/Contacts/${SUPPLIER}`)).body.Contacts[0]).toMatchObject({
      ContactStatus: 'ARCHIVED',
      MergedToContactID: guid(2),
    });
  });

  it('moves the documents of a merged contact without counting them as updated', () => {
    const order = desk.sandbox.savePurchaseOrder(TENANT, { Contact: { ContactID: SUPPLIER } });
    const before = order.UpdatedDateUTC;
    desk.clock.advance(60);
    desk.sandbox.mergeContacts(TENANT, SUPPLIER, guid(2));
    expect(order).toMatchObject({ Contact: { ContactID: guid(2) }, UpdatedDateUTC: before });
  });

  it('shows a renumbered account and item on old documents, which do not count as updated', () => {
    const order = desk.sandbox.savePurchaseOrder(TENANT, {
      Contact: { ContactID: SUPPLIER },
      LineItems: [TIMBER],
    });
    const before = order.UpdatedDateUTC;
    desk.clock.advance(60);
    desk.sandbox.saveAccount(TENANT, { AccountID: guid(51), Code: '311' });
    desk.sandbox.saveItem(TENANT, { ItemID: guid(61), Code: 'TIM-02' });
    expect(order.LineItems[0]).toMatchObject({ AccountCode: '311', ItemCode: 'TIM-02' });
    expect(order.UpdatedDateUTC).toBe(before);
  });

  it('lists archived tracking options only on request', async () => {
    const options = async (query: string) =>
      (await desk.get(`/TrackingCategories${query}`)).body.TrackingCategories[0].Options.map(
        ({ Name }: { Name: string }) => Name,
      );
    expect(await options('')).toEqual(['Pier 9']);
    expect(await options('?includeArchived=true')).toEqual(['Pier 9', 'Old Mill']);
  });

  it('shows a renamed option on lines at once', async () => {
    const { PurchaseOrderID } = desk.sandbox.savePurchaseOrder(TENANT, {
      Contact: { ContactID: SUPPLIER },
      LineItems: [TIMBER],
    });
    desk.sandbox.saveTrackingCategory(TENANT, {
      TrackingCategoryID: SITE.TrackingCategoryID,
      Options: [{ TrackingOptionID: SITE.TrackingOptionID, Name: 'Pier 10' }],
    });
    const { body } = await desk.get(`/PurchaseOrders/${PurchaseOrderID}`);
    expect(body.PurchaseOrders[0].LineItems[0].Tracking[0]).toMatchObject({
      Name: 'Project',
      Option: 'Pier 10',
    });
  });

  it('filters accounts by where and by time of change, without pages', async () => {
    desk.clock.advance(60);
    desk.sandbox.saveAccount(TENANT, { AccountID: guid(51), Name: 'Timber' });
    const where = new URLSearchParams({ where: 'Type=="BANK"' });
    expect(
      (await desk.get(`/Accounts?${where}`)).body.Accounts.map(({ Code }: { Code: string }) => Code),
    ).toEqual(['090']);
    const changed = await desk.get('/Accounts?page=2', { 'if-modified-since': '2026-11-22T03:05:00' });
    expect(changed.body.Accounts.map(({ Name }: { Name: string }) => Name)).toEqual(['Timber']);
    expect(changed.body).not.toHaveProperty('pagination');
  });

  it('rounds purchase prices of items unless four decimals are asked for', async () => {
    const price = async (query: string) =>
      (await desk.get(`/Items${query}`)).body.Items[0].PurchaseDetails.UnitPrice;
    expect(await price('')).toBe(4.13);
    expect(await price('?unitdp=4')).toBe(4.1275);
  });

  it('says what the organisation is', async () => {
    const { body } = await desk.get('/Organisation');
    expect(body.Organisations).toMatchObject([
      {
        OrganisationID: TENANT,
        Name: 'Harbour Builders',
        BaseCurrency: 'USD',
        Version: 'US',
        IsDemoCompany: false,
      },
    ]);
  });

  it('lists manual journals with lines on pages and without them otherwise', async () => {
    desk.sandbox.saveManualJournal(TENANT, {
      Narration: 'Accrual',
      Status: 'POSTED',
      JournalLines: [
        { LineAmount: 100, AccountCode: '310', Tracking: [SITE] },
        { LineAmount: -100, AccountCode: '090' },
      ],
    });
    expect((await desk.get('/ManualJournals')).body.ManualJournals[0].JournalLines).toEqual([]);
    const [journal] = (await desk.get('/ManualJournals?page=1')).body.ManualJournals;
    expect(journal.JournalLines[0]).toMatchObject({
      LineAmount: 100,
      AccountID: guid(51),
      Tracking: [{ Name: 'Project', Option: 'Pier 9' }],
    });
  });

  it('answers writes with 501: the sandbox is edited through its own object', async () => {
    const response = await fetch(`${desk.sandbox.url}/api.xro/2.0/Contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.token}`, 'xero-tenant-id': TENANT },
    });
    expect(response.status).toBe(501);
  });
});
