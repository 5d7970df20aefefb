// The order subgraph, assembled.
import type { Clock } from '../../infra/process/clock.ts';
import { noTicketPage, ticketPage } from './documents/page.ts';
import { ticketPdf } from './documents/pdf.ts';
import type { SigningKey } from '../../schema/wire/signing-key.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { OrderRoom } from './graph/context.ts';

const documents = { page: ticketPage, noTicketPage, pdf: ticketPdf };

/** The stores and settings of the order subgraph. */
export type OrderStores = Omit<OrderRoom, 'documents'>;

/** The order subgraph; it accepts offers signed with any of the keys. */
export const createOrderSubgraph = (stores: OrderStores, offerKeys: readonly SigningKey[], now: Clock): Subgraph => ({
  name: 'order',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity) => context({ ...stores, documents }, identity, offerKeys, now()),
});
