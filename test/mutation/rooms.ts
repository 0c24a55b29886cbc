/**
 * What is mutated of each room: its rules, which need nothing but values. Each is judged by the unit tests of its own room alone,
 * in the folder of the same name below `test`.
 */
export const ROOMS: Record<string, readonly string[]> = {
  contract: ['functions/contract/*.ts'],
  notifications: ['functions/notifications/{alert-message,notification}.ts'],
  outbox: [
    'functions/outbox/{delivery,email}.ts',
    'functions/outbox/channels/email/{given,html,letter,text}.ts',
  ],
  accounts: ['functions/accounts/{account-params,attempt-limits,caller,session,user}.ts'],
  clients: ['functions/clients/letters.ts'],
  orders: [
    'functions/orders/{appointments,history,letters,line-items,order}.ts',
    'functions/orders/order-{change,creation,state,update,view}.ts',
    'functions/orders/*-params.ts',
  ],
  pipeline: [
    'functions/pipeline/{authenticate,authorize,chain,content-type,decode-body,find-token}.ts',
    'functions/pipeline/{dry-run,gathered-work}.ts',
    'functions/pipeline/{grants,idempotency,identify,in-time,job,mailer,observe,parse-params,pipeline}.ts',
    'functions/pipeline/{read-query,redact,render,resources,send-saved,tell-crash,words,work,write-line}.ts',
  ],
};
