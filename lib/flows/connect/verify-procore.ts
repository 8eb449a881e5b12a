import type { Project } from '../../core/procore-records.ts';
import { serviceAccountUser } from '../../procore/me.ts';
import { procoreClientCredentials } from '../../procore/oauth.ts';
import { createProjectTool } from '../../procore/project-tool.ts';
import type { Deployment } from '../deployment.ts';
import type { ConnectionFile } from './connection-file.ts';

/** Proof that the service account works for the company. */
export interface ProcoreProof {
  accessToken: string;
  expiresAt: Date;
  /** Those that it shows and that are active. */
  projects: Project[];
  /** The service account's own user, where Procore says. */
  userId?: string;
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
  const options = {
    apiUrl: vendors.procoreApiUrl,
    companyId,
    accessToken: token,
    refreshed: token,
    clock,
    fetch,
  };
  const all = await createProjectTool(options).projects();
  const projects = all.flatMap(({ active, ...project }) => (active ? [project] : []));
  const userId = await serviceAccountUser(options);
  return { accessToken, expiresAt, projects, ...(userId !== undefined && { userId }) };
}
