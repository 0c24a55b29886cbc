/**
 * The kinds of partition in the table, by how their keys start: what follows a `#` tells those of a kind apart, and a kind
 * without one has a single partition. Who may do what to the table is said in these words.
 */
export const partitions = {
  /** Programs that call the API. */
  applications: 'APPLICATION',
  /** What operators and employees did, by month: added to, and never changed. */
  audit: 'AUDIT#',
  /** Failed attempts of one who attempts. */
  attempts: 'ATTEMPTS#',
  /** Whether Mandrill is away for everybody. */
  circuit: 'CIRCUIT',
  client: 'CLIENT#',
  /** Which client has an e-mail address. */
  clientAddress: 'CLIENT_ADDRESS#',
  /** The list of clients. */
  clients: 'CLIENTS',
  /** The key with which release 0.2 sealed cursors; nothing of today's reads it. */
  cursorKey: 'CURSOR_KEY',
  deployments: 'DEPLOYMENT',
  email: 'EMAIL#',
  idempotency: 'IDEMPOTENCY#',
  /** What signing in with an e-mail address takes, and from where that was done. */
  login: 'LOGIN#',
  notifications: 'NOTIFICATION',
  /** An order and its history. */
  order: 'ORDER#',
  /** What was sent to an address so that it proves whose that is, by user. */
  proof: 'PROOF#',
  /** The order of a client's own number, by both. */
  reference: 'REFERENCE#',
  /** The keys of the days by which the log tells sources apart. */
  sourceKey: 'SOURCE_KEY',
  /** A session or what an application may do, by the token's hash: proof of who somebody is. */
  token: 'TOKEN#',
  /** When a session was last used, by the token's hash. */
  used: 'USED#',
  /** A user, and where its sessions are. */
  user: 'USER#',
  /** Lists of users. */
  users: 'USERS',
} as const;

export type Partition = keyof typeof partitions;
