import { procoreClientCredentials } from '../../procore/oauth.ts';
import { createProjectTool } from '../../procore/project-tool.ts';
import type { Deployment } from '../deployment.ts';
import type { ConnectionFile } from './connection-file.ts';

/** Proof that the service account works for the company. */
export interface ProcoreProof {
  accessToken: string;
  expiresAt: Date;
  /** How many projects it shows. */
  projects: number;
}

/** Signs in and lists the company's projects. Throws Stop (credentials, company, permissions) and RetryLater. */
export async function verifyProcore(
  { clientId, clientSecret, companyId }: ConnectionFile['procore'],
  { clock, fetch, vendors }: Deployment,
): Promise<ProcoreProof> {
  const { accessToken, expiresAt } = await procoreClientCredentials({
    loginUrl: vendors.procoreLoginUrl,
    clientId,
    clientSecret,
    clock,
    fetch,
  });
  const token = async () => accessToken;
  const tool = createProjectTool({
    apiUrl: vendors.procoreApiUrl,
    companyId,
    accessToken: token,
    refreshed: token,
    clock,
    fetch,
  });
  return { accessToken, expiresAt, projects: (await tool.projects()).length };
}
