import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface Route {
  apiId: string;
  /** As `POST /webhooks/xero`, `ANY /console/{proxy+}` or `$default`. */
  routeKey: string;
  functionArn: string;
  timeoutMilliseconds: number;
}

export interface Match {
  route: Route;
  pathParameters?: Record<string, string>;
}

interface IntegrationProperties {
  IntegrationType: string;
  IntegrationUri: unknown;
  PayloadFormatVersion?: string;
  TimeoutInMillis?: number;
}

/** The routes of the template's HTTP APIs, each of which must lead to a function by payload format 2.0. */
export function readRoutes(template: Template, resolve: Resolve): Route[] {
  const integrations = new Map(resourcesOf(template, 'AWS::ApiGatewayV2::Integration'));
  return resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([id, properties]) => {
    const target = String(resolve(properties.Target, `${id}.Target`));
    const found = integrations.get(target.replace('integrations/', ''));
    if (!found) throw new Error(`${id}: the template has no integration ${target}`);
    const integration = found as unknown as IntegrationProperties;
    if (integration.IntegrationType !== 'AWS_PROXY' || integration.PayloadFormatVersion !== '2.0') {
      throw new Error(`${id}: only functions with payload format 2.0 are known to the local AWS`);
    }
    return {
      apiId: String(resolve(properties.ApiId, `${id}.ApiId`)),
      routeKey: String(properties.RouteKey),
      functionArn: functionArn(String(resolve(integration.IntegrationUri, `${id}.IntegrationUri`))),
      timeoutMilliseconds: Number(integration.TimeoutInMillis ?? 30_000),
    };
  });
}

/** The route that API Gateway would choose: exact before parameters before greedy before $default. */
export function matchRoute(routes: Route[], method: string, path: string): Match | undefined {
  const matches = routes.flatMap((route) => {
    const match = matched(route, method, path);
    return match ? [match] : [];
  });
  return matches.sort((a, b) => a.rank - b.rank)[0]?.match;
}

function matched(route: Route, method: string, path: string): { rank: number; match: Match } | undefined {
  if (route.routeKey === '$default') return { rank: 9, match: { route } };
  const [wantedMethod, template = '/'] = route.routeKey.split(' ');
  if (wantedMethod !== 'ANY' && wantedMethod !== method) return undefined;
  const pattern = template.replace(/[.*$^()|[\]\\]/g, '\\$&').replace(/\{(\w+)(\+?)\}/g, parameterPattern);
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return undefined;
  const kind = template.includes('+}') ? 4 : template.includes('{') ? 2 : 0;
  const parameters = found.groups && { pathParameters: { ...found.groups } };
  return { rank: kind + (wantedMethod === 'ANY' ? 1 : 0), match: { route, ...parameters } };
}

function parameterPattern(_: string, name: string, greedy: string) {
  return `(?<${name}>${greedy ? '.+' : '[^/]+'})`;
}

/** An integration may name the function itself or the path that API Gateway invokes it by. */
function functionArn(uri: string): string {
  return /functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri;
}
