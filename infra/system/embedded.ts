// The configuration of a system that keeps everything in one folder: for tests, the demo and developers' tools.

/** Embedded adapters in `folder`, and demo partners on free ports. `npm start` uses the same places in .data. */
export const embeddedIn = (folder: string) => ({
  DATABASE_URL: `sqlite:${folder}`,
  REDIS_URL: 'memory:',
  KAFKA_URL: `sqlite:${folder}`,
  PAYMENT_PROVIDER_URL: `demo:${folder}/payment-provider?port=0`,
  TICKET_ISSUER_URL: `demo:${folder}/ticket-issuer?port=0`,
  MAIL_URL: `file:${folder}/mail`,
  TRUSTED_DOCUMENTS_FOLDER: `${folder}/documents`,
  SUPERGRAPH_FOLDER: `${folder}/supergraph`,
});
