import type { KmsOptions } from './kms.ts';
import { keyId } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

/** The keys of the template with their aliases. */
export function readKeys(template: Template, resolve: Resolve): NonNullable<KmsOptions['keys']> {
  const aliases = resourcesOf(template, 'AWS::KMS::Alias').map(([id, alias]) => ({
    name: String(resolve(alias.AliasName, id)),
    key: String(resolve(alias.TargetKeyId, id)),
  }));
  return resourcesOf(template, 'AWS::KMS::Key').map(([logicalId, properties]) => {
    const id = keyId(logicalId);
    return {
      id,
      aliases: aliases.filter(({ key }) => key.endsWith(id)).map(({ name }) => name),
      ...(properties.KeySpec !== undefined && { spec: String(properties.KeySpec) }),
      ...(properties.KeyUsage !== undefined && { usage: String(properties.KeyUsage) }),
    };
  });
}
