import * as z from 'zod/mini';
import { ProcoreRefused, RetryLater } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { NewFile } from '../core/procore-records.ts';
import { id } from '../http/fields.ts';
import { send } from '../http/request.ts';
import type { ProcoreApi, ProcoreOptions } from './api.ts';
import { refusalFields } from './refusal.ts';
import { anything, idNumber } from './wire.ts';

/** Where a file goes, and what must be sent along unaltered (Procore docs: Working with Direct File Uploads). */
const uploadWire = z.object({ uuid: id, url: id, fields: z.record(z.string(), z.string()) });

/** Files reach Procore through its storage, and then a record by the id of the upload. */
export function uploads(
  api: ProcoreApi,
  { fetch }: Pick<ProcoreOptions, 'fetch'>,
): Pick<ProjectTool, 'uploadFile' | 'attachToCommitment'> {
  return {
    uploadFile: async (projectId, file) => {
      const path = `/rest/v1.1/projects/${projectId}/uploads`;
      const body = { response_filename: file.fileName, response_content_type: file.mimeType };
      const what = `file ${file.fileName}`;
      const { uuid, url, fields } = await api.post({ path, body, what }, uploadWire);
      await store({ url, fields, file, what, fetch });
      return uuid;
    },
    attachToCommitment: async (projectId, commitmentId, uploadIds) => {
      const path = `/rest/v1.0/purchase_order_contracts/${commitmentId}`;
      const purchase_order_contract = { upload_ids: uploadIds };
      const body = { project_id: idNumber(projectId), purchase_order_contract };
      await api.patch({ path, body, what: 'files of the commitment' }, anything);
    },
  };
}

/** Seconds after which the storage is worth another try. */
const STORAGE_SECONDS = 60;

/** The storage is another server: it is told no token, and its instructions are good for an hour. */
async function store({
  url,
  fields,
  file,
  what,
  fetch,
}: Pick<z.infer<typeof uploadWire>, 'url' | 'fields'> & {
  file: NewFile;
  what: string;
  fetch: ProcoreOptions['fetch'];
}): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // Storage ignores whatever comes after the file.
  form.append('file', new Blob([file.content], { type: file.mimeType }), file.fileName);
  const outcome = await send({ method: 'POST', url, body: form, repeatable: false }, { fetch });
  const status = outcome.kind === 'answer' ? outcome.status : undefined;
  if (status !== undefined && status >= 200 && status < 300) return;
  if (outcome.kind === 'no-answer' || outcome.status >= 500 || PASSING.includes(outcome.status)) {
    const facts = { what, ...(status !== undefined && { status }) };
    throw new RetryLater('procore-unavailable', STORAGE_SECONDS, { facts });
  }
  throw new ProcoreRefused(what, outcome.status, refusalFields(outcome.text));
}

/** Instructions that ran out, and a storage that is busy: another upload gets new ones. */
const PASSING = [403, 408, 429];
