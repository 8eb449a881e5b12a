import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}

export interface Template {
  stackName: string;
  resources: Record<string, Resource>;
  outputs: Record<string, { Value: unknown }>;
  /** Parameters with their defaults. */
  parameters: Record<string, { Default?: unknown }>;
  /** The folder that was to be uploaded under an S3 key; throws where the asset manifest has none. */
  assetFolder(objectKey: string): string;
}

interface AssetManifest {
  files?: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
}

/**
 * Reads a synthesised stack, `<Stack>.template.json` with `<Stack>.assets.json` beside it.
 * Asset paths are relative to `assetsDir`, by default the template's folder.
 */
export function readTemplate(templateFile: string, assetsDir = dirname(templateFile)): Template {
  if (!existsSync(templateFile)) throw new Error(`There is no template ${templateFile}: synthesise it first`);
  const { Resources = {}, Outputs = {}, Parameters = {} } = readJson(templateFile);
  return {
    stackName: basename(templateFile).replace(/(\.template)?\.json$/, ''),
    resources: Resources,
    outputs: Outputs,
    parameters: Parameters,
    assetFolder: assetFolders(templateFile, assetsDir),
  };
}

/** The resources of these types with their logical ids, in the template's order. */
export function resourcesOf(template: Template, ...types: string[]): [string, Record<string, unknown>][] {
  return Object.entries(template.resources)
    .filter(([, resource]) => types.includes(resource.Type))
    .map(([id, resource]) => {
      if (resource.Condition) throw new Error(`${id}: conditional resources are not known to the local AWS`);
      return [id, resource.Properties ?? {}];
    });
}

function assetFolders(templateFile: string, assetsDir: string) {
  const manifestFile = templateFile.replace(/\.template\.json$/, '.assets.json');
  const manifest: AssetManifest =
    manifestFile !== templateFile && existsSync(manifestFile) ? readJson(manifestFile) : {};
  const folders = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    for (const { objectKey } of Object.values(destinations)) {
      folders.set(objectKey, join(assetsDir, source.path));
    }
  }
  return (objectKey: string) => {
    const folder = folders.get(objectKey);
    if (!folder) throw new Error(`${manifestFile} has no asset ${objectKey}`);
    return folder;
  };
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
