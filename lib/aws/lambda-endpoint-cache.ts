/**
 * What the bundles of the functions carry in place of `@aws-sdk/endpoint-cache`, 7 KB with its collections. DynamoDB's
 * client makes one for endpoint discovery, which nothing switches on; where something did, a cache that keeps nothing
 * would still be right, only slower.
 */
export class EndpointCache {
  getEndpoint(): undefined {}
  get(): undefined {}
  set(): void {}
  delete(): void {}
  has(): boolean {
    return false;
  }
  clear(): void {}
}
