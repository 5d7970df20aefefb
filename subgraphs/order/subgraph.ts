// The order room, assembled.
import type { Clock } from '../../infra/clock.ts';
import { noTicketPage, ticketPage } from '../../infra/e-ticket/page.ts';
import { ticketPdf } from '../../infra/e-ticket/pdf.ts';
import type { SigningKey } from '../../schema/signing-key.ts';
import { readSdl, type Subgraph } from '../serve.ts';
import { context, type OrderRoom, resolvers } from './resolvers.ts';

const documents = { page: ticketPage, noTicketPage, pdf: ticketPdf };

/** What the order room keeps its things in, and where its documents are reached. */
export type OrderStores = Omit<OrderRoom, 'documents'>;

/** The order room as a subgraph; it believes offers signed with any of the keys. */
export const createOrderSubgraph = (stores: OrderStores, offerKeys: readonly SigningKey[], now: Clock): Subgraph => ({
  name: 'order',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity) => context({ ...stores, documents }, identity, offerKeys, now()),
});
