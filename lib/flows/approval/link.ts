import { createHash, randomBytes } from 'node:crypto';
import type { LinkSigner } from '../../aws/link-signer.ts';
import { BadInput } from '../../core/errors.ts';

/** What an approver's link says. */
export interface ApprovalLink {
  connectionId: string;
  documentId: string;
  requestId: string;
  /** Known to the link alone; the table holds its hash. */
  secret: string;
}

/** What is signed, so that no other signature of the key passes for one of a link. */
const signed = (payload: string): string => `ml-connector approval link ${payload}`;

export const newSecret = (): string => randomBytes(24).toString('base64url');

export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** The text behind the address of the function: what the link says, and its signature. */
export async function linkToken(link: ApprovalLink, signer: LinkSigner): Promise<string> {
  const { connectionId, documentId, requestId, secret } = link;
  const payload = Buffer.from(JSON.stringify([connectionId, documentId, requestId, secret])).toString(
    'base64url',
  );
  return `${payload}.${await signer.sign(signed(payload))}`;
}

/** Reads what `linkToken` wrote. Throws BadInput('link-invalid') for whatever else, and asks KMS only about its form. */
export async function readLink(token: string, signer: Pick<LinkSigner, 'verify'>): Promise<ApprovalLink> {
  const [, payload, signature] = /^([\w-]{40,2000})\.([\w-]{43})$/.exec(token) ?? [];
  if (payload === undefined || signature === undefined) throw new BadInput('link-invalid');
  // The last character carries bits that no byte has: several texts would be one signature.
  if (!isExact(signature)) throw new BadInput('link-invalid');
  if (!(await signer.verify(signed(payload), signature))) throw new BadInput('link-invalid');
  const [connectionId, documentId, requestId, secret] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  );
  return { connectionId, documentId, requestId, secret };
}

function isExact(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}
