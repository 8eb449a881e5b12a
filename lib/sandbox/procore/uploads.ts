import * as z from 'zod';
import type { Answer } from './answer.ts';
import { invalid } from './errors.ts';
import { text } from './fields.ts';
import type { AttachedFile } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { ulid } from './webhooks/ulid.ts';
import type { World } from './world.ts';

interface Upload {
  projectId: number;
  filename: string;
  content_type: string;
  /** Proves to the storage that Procore sent the caller. */
  policy: string;
  /** Only after this the storage takes it no more. */
  expiresAt: number;
  /** Absent until the file has come. */
  content?: Uint8Array;
}

/** Procore's file storage: another server in truth, which knows no tokens of Procore. */
export interface Storage {
  url: string;
  uploads: Map<string, Upload>;
}

const HOUR = 3_600_000;

export const uploadRoutes: Route[] = [
  projectRoute({
    method: 'POST',
    path: '/rest/v1.1/projects/{project_id}/uploads',
    project: 'path',
    body: z.object({ response_filename: text, response_content_type: text.nullish() }),
    handle: ({ world, project, body }) => {
      const once = world.nextId();
      const now = world.clock.now().getTime();
      const uuid = ulid(now, once);
      const content_type = body.response_content_type ?? 'application/octet-stream';
      const policy = Buffer.from(`policy ${once}`).toString('base64');
      const filename = body.response_filename;
      const upload = { projectId: project.id, filename, content_type, policy, expiresAt: now + HOUR };
      world.storage.uploads.set(uuid, upload);
      const fields = { key: `companies/${uuid}`, 'Content-Type': content_type, policy };
      return { uuid, url: world.storage.url, fields };
    },
  }),
];

/** The storage's answer to a file: it wants the fields as they were given, the file after them, and no token. */
export async function stored({ storage, clock }: World, request: Request): Promise<Answer> {
  const refusal = (status: number, code: string): Answer => ({
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<Error><Code>${code}</Code></Error>`,
  });
  if (request.headers.has('authorization')) return refusal(400, 'InvalidArgument');
  const form = await request.formData();
  const upload = storage.uploads.get(String(form.get('key')).replace('companies/', ''));
  const file = form.get('file');
  const asGiven = upload?.policy === form.get('policy') && upload?.content_type === form.get('Content-Type');
  if (!asGiven || clock.now().getTime() > upload.expiresAt) return refusal(403, 'AccessDenied');
  if (!(file instanceof File) || [...form.keys()].at(-1) !== 'file') return refusal(400, 'InvalidArgument');
  upload.content = await file.bytes();
  return { status: 204, headers: {}, body: undefined };
}

/** The files of uploads, for the record that takes them. Throws a 422 where one is unknown or has not come. */
export function takenUp(
  { world, project }: ProjectCall<unknown>,
  uploadIds: string[] | null | undefined,
): AttachedFile[] {
  return (uploadIds ?? []).map((uuid) => {
    const upload = world.storage.uploads.get(uuid);
    if (upload?.projectId !== project.id || upload.content === undefined)
      throw invalid({ upload_ids: ['is invalid'] });
    const { filename, content_type, content } = upload;
    return { id: world.nextId(), filename, content_type, content };
  });
}

export function fileView({ id, filename, content_type }: AttachedFile) {
  return { id, filename, content_type, url: `https://storage.procore.com/files/${id}` };
}
