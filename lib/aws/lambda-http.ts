/**
 * What the bundles of the functions carry in place of `node:http`. When an ES module imports `node:http`, Node reads
 * every export of it, and those that belong to WebSockets load all of undici: 15 to 20 ms of a start. The SDK does so
 * for endpoints that are plain HTTP, as in the local run; on AWS, whose endpoints are HTTPS, it is spared as long as
 * no package imports `node:http` on its own account. Only what the SDK and middy name stands here: a
 * bundle that asks for more does not build.
 */
const http = process.getBuiltinModule('node:http');

export default http;
export const { Agent, request, STATUS_CODES } = http;
