/**
 * What the bundles of the functions carry in place of `node:http`. An ES module that imports `node:http` itself makes
 * Node read every export of it, and those that belong to WebSockets load all of undici: a fifth of a cold start, for
 * nothing. Only what the SDK and middy use is named here; a bundle that asks for more does not build.
 */
const http = process.getBuiltinModule('node:http');

export default http;
export const { Agent, request, STATUS_CODES } = http;
