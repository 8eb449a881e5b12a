import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import type { ApprovalDoor } from '../../lib/flows/approval/open-approval.ts';
import { answerApproval, openApproval } from '../../lib/flows/approval/open-approval.ts';
import { PAGE_HEADERS } from '../../lib/flows/approval/page.ts';

/** The link is the path. Reading it shows, and only posting the page's form decides. */
export async function handle(
  { rawPath, requestContext, body = '', isBase64Encoded }: LambdaFunctionURLEvent,
  door: ApprovalDoor,
): Promise<LambdaFunctionURLResult> {
  const token = rawPath.slice(1);
  const { method } = requestContext.http;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
    return { statusCode: 405, headers: { ...PAGE_HEADERS, allow: 'GET, HEAD, POST' }, body: '' };
  }
  const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
  const answer =
    method === 'POST'
      ? await answerApproval(token, new URLSearchParams(text), door)
      : await openApproval(token, door);
  const headers = { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' };
  return { statusCode: answer.status, headers, body: method === 'HEAD' ? '' : answer.page };
}
