/** A deployment as it was found. */
export interface Surroundings {
  /** The stack's outputs. */
  outputs: Record<string, string>;
  /** Variables for the AWS SDK; undefined ones are taken away. */
  aws: Record<string, string | undefined>;
  /** XERO_API_URL and the like, where the deployment says. */
  vendors: Record<string, string>;
}
