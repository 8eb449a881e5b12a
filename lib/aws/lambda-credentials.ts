/**
 * What the bundles of the functions carry in place of `@aws-sdk/credential-provider-node`. Lambda gives a function
 * its credentials in the environment, and the local run does the same; the other places where the SDK would look
 * (profiles, SSO, web identity, instance metadata) weigh 130 KB in every bundle and are read at every cold start.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
