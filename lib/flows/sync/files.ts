import type { Attachment, DocumentWithFiles } from '../../core/documents.ts';
import type { Workspace } from './workspace.ts';

/** The files at a document that are to be carried along; none where the connection carries none. */
export async function filesOf(
  kind: DocumentWithFiles,
  { id, hasAttachments }: { id: string; hasAttachments: boolean },
  { books, connection }: Workspace,
): Promise<Attachment[]> {
  if (connection.settings.attachments === 'off' || !hasAttachments) return [];
  return books.attachments(kind, id);
}

/**
 * Brings files from Xero into Procore's storage, one after the other, so that no more than one is held in memory;
 * returns the ids by which a record takes them. One that was removed in Xero meanwhile is passed over.
 */
export async function uploadFiles(
  kind: DocumentWithFiles,
  documentId: string,
  files: Attachment[],
  projectId: string,
  { books, tool }: Workspace,
): Promise<string[]> {
  const uploadIds: string[] = [];
  for (const file of files) {
    const content = await books.attachment(kind, documentId, file);
    if (!content) continue;
    const { fileName, mimeType } = file;
    uploadIds.push(await tool.uploadFile(projectId, { fileName, mimeType, content }));
  }
  return uploadIds;
}
