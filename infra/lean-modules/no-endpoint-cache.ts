/**
 * Stands in for the cache of endpoints that a client of DynamoDB makes for itself, and never uses: it would hold those that a
 * service tells its clients to call, which DynamoDB does not.
 */
export class EndpointCache {}
