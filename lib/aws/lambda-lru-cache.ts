/**
 * What the bundles of the functions carry in place of `mnemonist/lru-cache`, 7 KB that the DynamoDB client loads for
 * discovered endpoints, which it asks for only where somebody switches that on: the same of a Map, which forgets what
 * was written longest ago.
 */
export default class LruCache<Value> extends Map<string, Value> {
  readonly #capacity: number;

  constructor(capacity: number) {
    super();
    this.#capacity = capacity;
  }

  override set(key: string, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#capacity) this.delete(this.keys().next().value!);
    return this;
  }

  peek(key: string): Value | undefined {
    return this.get(key);
  }
}
