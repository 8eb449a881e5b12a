import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from './manual-clock.ts';
import type { Caller } from './open-sandbox.ts';
import { bill, makeContract, openSandbox } from './open-sandbox.ts';
import { PROJECT } from './sample-company.ts';

const UPLOADS = `/rest/v1.1/projects/${PROJECT}/uploads`;
const clock = manualClock();
let caller: Caller;

beforeEach(async () => {
  caller = await openSandbox({ clock });
});

afterEach(() => caller.sandbox.close());

interface Instructions {
  uuid: string;
  url: string;
  fields: Record<string, string>;
}

async function asked(): Promise<Instructions> {
  return (await caller.post(UPLOADS, { response_filename: 'scan.pdf' })).body;
}

async function put({ url, fields }: Instructions, headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['%PDF']));
  return (await fetch(url, { method: 'POST', body: form, headers })).status;
}

describe('the storage', () => {
  it('takes a file with the fields that it was promised by, within the hour and without a token', async () => {
    expect(await put(await asked())).toBe(204);
    const instructions = await asked();
    expect(await put(instructions, { authorization: 'Bearer x' })).toBe(400);
    expect(await put({ ...instructions, fields: { ...instructions.fields, policy: 'forged' } })).toBe(403);
    clock.advance(3601);
    expect(await put(instructions)).toBe(403);
  });
});

describe('an upload', () => {
  it('joins a record once its file has come', async () => {
    const contract = await makeContract(caller, ['10'], 'Approved');
    const { id } = (await bill(caller, contract, ['5'])).body;
    const instructions = await asked();
    const attach = () =>
      caller.patch(`/rest/v1.1/requisitions/${id}`, {
        project_id: PROJECT,
        commitment_id: contract.id,
        requisition: { upload_ids: [instructions.uuid] },
      });
    expect((await attach()).status).toBe(422);
    await put(instructions);
    expect((await attach()).body.attachments).toMatchObject([{ filename: 'scan.pdf' }]);
  });
});
