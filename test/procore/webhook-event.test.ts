import { describe, expect, it } from '@jest/globals';
import { parseWebhookEvent } from '../../lib/procore/webhook-event.ts';

const v2 = {
  id: '11301387632',
  ulid: '01EDPD2J6SBY1163N77H95GW09',
  user_id: '1469242',
  company_id: '6452',
  project_id: '219542',
  resource_name: 'Purchase Order Contracts',
};

/** The JSON with these numbers as they stand, which JSON.stringify would not keep. */
const numbers = (fields: Record<string, string>) =>
  JSON.stringify(fields).replaceAll(/"(id|user_id|company_id|project_id)":"(\d+)"/g, '"$1":$2');

describe('an event of Procore', () => {
  it('of payload v2.0 and v3.0 is known by its ulid, and keeps ids of any size', () => {
    const body = numbers({ ...v2, company_id: '900719925474099312345' });
    expect(parseWebhookEvent(body)).toEqual({
      id: v2.ulid,
      companyId: '900719925474099312345',
      projectId: '219542',
      userIds: ['1469242'],
      resource: 'Purchase Order Contracts',
    });
  });

  it('without a ulid is known by its id', () => {
    const { ulid: _ulid, ...old } = v2;
    expect(parseWebhookEvent(numbers(old))?.id).toBe(v2.id);
  });

  it('names who made the change twice, and possibly two users', () => {
    const metadata = { source_user_id: 77, source_project_id: null };
    const body = JSON.stringify({ ...v2, metadata });
    expect(parseWebhookEvent(body)?.userIds).toEqual(['1469242', '77']);
  });

  it('of payload v4.0 has text alone, and may carry data one day', () => {
    const { ulid: id, resource_name: resource_type, ...rest } = v2;
    const body = JSON.stringify({ ...rest, id, resource_type, project_id: null, data: { name: 'x' } });
    expect(parseWebhookEvent(body)).toEqual({
      id,
      companyId: '6452',
      userIds: ['1469242'],
      resource: 'Purchase Order Contracts',
    });
  });

  it.each(['', 'null', '[]', '{}', '"x"', JSON.stringify({ ...v2, company_id: null })])(
    'is not read from %s',
    (body) => {
      expect(parseWebhookEvent(body)).toBeUndefined();
    },
  );
});
