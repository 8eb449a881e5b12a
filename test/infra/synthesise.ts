import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { connectorApp } from '../../lib/infra/connector-app.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's JSON, read by path in the tests.
  Properties: any;
  DeletionPolicy?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'ml-connector-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A fresh folder to synthesise into, gone when the test file is done. */
export function outputFolder(): string {
  return mkdtempSync(join(folder, 'cdk.out-'));
}

/** The app without bundles, which take seconds and do not change the template. */
export function unbundledApp(context: Record<string, unknown> = {}): App {
  return connectorApp({ outdir: outputFolder(), context: { 'aws:cdk:bundling-stacks': [], ...context } });
}

export function stackOf(app: App): Stack {
  const stack = app.node.findChild('MlConnector');
  if (stack instanceof Stack) return stack;
  throw new Error('MlConnector is not a stack');
}

export function templateOf(app: App): Template {
  return Template.fromStack(stackOf(app));
}

/** Resources of a type by logical id. */
export function resources(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The one resource of a type whose logical id begins so. */
export function resource(template: Template, type: string, idPrefix: string): Resource {
  const found = Object.entries(resources(template, type)).filter(([id]) => id.startsWith(idPrefix));
  if (found.length === 1) return found[0]![1];
  throw new Error(`${found.length} resources of type ${type} begin with ${idPrefix}`);
}
