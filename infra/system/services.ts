// The list of the system: every subgraph, worker and partner. What can be derived from it is rendered (npm run render) or
// computed, never copied.
import { paymentProvider } from '../partners/payment-provider.partner.ts';
import { ticketIssuer } from '../partners/ticket-issuer.partner.ts';
import { account } from '../../subgraphs/account/subgraph.ts';
import { fare } from '../../subgraphs/fare/subgraph.ts';
import { operations } from '../../subgraphs/operations/subgraph.ts';
import { order } from '../../subgraphs/order/subgraph.ts';
import { payment } from '../../subgraphs/payment/subgraph.ts';
import { registry } from '../../subgraphs/registry/subgraph.ts';
import { stock } from '../../subgraphs/stock/subgraph.ts';
import { travel } from '../../subgraphs/travel/subgraph.ts';
import { closeOrders } from '../../workers/close-orders.ts';
import { countOperations } from '../../workers/count-operations.ts';
import { followOrders } from '../../workers/follow-orders.ts';
import { forgetTravellers } from '../../workers/forget-travellers.ts';
import { holdStock } from '../../workers/hold-stock.ts';
import { issueTickets } from '../../workers/issue-tickets.ts';
import { markSoldOut } from '../../workers/mark-sold-out.ts';
import { notify } from '../../workers/notify.ts';
import { openDeparturesForSale } from '../../workers/open-departures.ts';
import { pollPayments } from '../../workers/poll-payments.ts';
import { rebuildFares } from '../../workers/rebuild-fares.ts';
import { refundPayments } from '../../workers/refund-payments.ts';
import { relayOutbox } from '../../workers/relay-outbox.ts';
import { sendAccountMails } from '../../workers/send-account-mails.ts';
import { settleOrders } from '../../workers/settle-orders.ts';

/** Each list is in start order. */
export const subgraphs = [account, fare, travel, stock, order, payment, operations, registry] as const;

export const workers = [
  relayOutbox(subgraphs),
  rebuildFares,
  openDeparturesForSale,
  holdStock,
  markSoldOut,
  issueTickets,
  notify,
  settleOrders,
  closeOrders,
  forgetTravellers,
  sendAccountMails,
  followOrders,
  refundPayments,
  pollPayments,
  countOperations,
] as const;

/** The demo's service of each runs where its variable names no other. */
export const partners = [ticketIssuer, paymentProvider] as const;

export const gateway = { name: 'gateway', port: 4000, publishes: ['operations.used'] } as const;

export type SubgraphName = (typeof subgraphs)[number]['name'];
type Partner = (typeof partners)[number];
export type PartnerName = Partner['name'];
export type PartnerVariable = Partner['variable'];
export type ServiceName = SubgraphName | (typeof workers)[number]['name'] | PartnerName | 'gateway';
