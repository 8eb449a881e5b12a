import type { ReferenceQueue } from '../../aws/reference-queue.ts';
import type { Project } from '../../core/procore-records.ts';

/** What came of connecting. */
export interface Connected {
  connectionId: string;
  /** False where a connection of this name was there already and got new secrets and settings. */
  created: boolean;
  organisation: string;
  currency: string;
  companyId: string;
  /** What Procore shows to the connection now; a project made later has to be permitted first. */
  projects: Project[];
  /** Names of other connections to the same Procore company, which is allowed. */
  sharesCompanyWith: string[];
}

export interface ConnectOptions {
  /** Who connects, in words for the connection's trail. */
  by?: string;
  /** Makes a rotated refresh token durable; without it, it is sealed beside the connection's other secrets. */
  keepRefreshToken?: (refreshToken: string) => Promise<void>;
  /** Is told to register Procore's webhook and to read the reference lists, where it is given. */
  reference?: ReferenceQueue;
}
