// Resolvers of carts: add, change, remove, merge, check out.
import { either, isRefused } from '../../../schema/errors.ts';
import { accountOfCaller } from '../../../schema/wire/identity.ts';
import { money } from '../../../schema/terms/money.ts';
import { isOver, readOffer } from '../../../schema/terms/offer-token.ts';
import { changeOf, fitting } from '../rules/cart.ts';
import type { Cart, CartOwner } from '../store/cart-store.ts';
import { asked } from '../store/idempotency-store.ts';
import { MOST_OFFERS, placeOrder } from '../rules/placing.ts';
import { refusal } from '../rules/refusal.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './schema.generated.ts';

const ownerOf = ({ cart }: { cart?: string | null | undefined }, { identity }: Context): CartOwner => ({
  account: identity.account,
  cart: cart ?? null,
});

export const cartResolvers = {
  Query: {
    cart: (_, { id }, context) => context.carts.find(ownerOf({ cart: id }, context)),
  },

  Mutation: {
    addToCart(_, { cart, token, travellers = null }, context) {
      const { carts, now, offerKeys } = context;
      const promised = readOffer(token, offerKeys, now);
      if (promised === 'EXPIRED') return { ...refusal('OFFER_EXPIRED'), offers: [0] };
      const offer = fitting(promised, travellers, context.now);
      return carts.add(ownerOf({ cart }, context), { token, offer, travellers });
    },

    async changeCartItem(_, { cart, item, token, travellers }, context) {
      const { carts, now, offerKeys, identity } = context;
      const found = await carts.item(item, identity.account);
      if (!found) return refusal('CART_NOT_FOUND');
      const offer = token == null ? found.offer : readOffer(token, offerKeys, now);
      if (offer === 'EXPIRED') return { ...refusal('OFFER_EXPIRED'), offers: [0] };
      const entry = { token: token ?? found.token, travellers: travellers ?? found.travellers };
      return carts.change(ownerOf({ cart }, context), item, {
        ...entry,
        offer: fitting(offer, entry.travellers, context.now),
      });
    },

    removeFromCart: (_, { cart, item }, context) => context.carts.remove(ownerOf({ cart }, context), item),

    claimCart: (_, { cart }, context) => context.carts.claim(ownerOf({ cart }, context)),

    async checkout(_, { input: { idempotencyKey, ...input } }, context) {
      const { orders, carts, identity, now, offerKeys, seatCaps } = context;
      const question = asked(accountOfCaller(identity), 'checkout', idempotencyKey, input);
      const before = await orders.placedBefore(question);
      if (before) return before;
      const cart = await carts.claim(ownerOf(input, context));
      // a concurrent request with this key may have ordered the cart meanwhile
      const meanwhile = await orders.placedBefore(question);
      if (meanwhile) return meanwhile;
      if (isRefused(cart)) return cart;
      if (!cart.items.length) return refusal('CART_EMPTY');
      if (cart.items.length > MOST_OFFERS) return refusal('CART_FULL');
      const unsaid = cart.items.flatMap(({ travellers }, i) => (travellers ? [] : [i]));
      if (unsaid.length) return { ...refusal('TRAVELLERS_MISSING'), offers: unsaid };
      const offers = cart.items.flatMap(({ token, travellers }) =>
        travellers ? [{ offer: readOffer(token, offerKeys, now), travellers }] : [],
      );
      const placing = placeOrder({ contact: input.contact, offers }, seatCaps, now, 'cart.items');
      if (isRefused(placing)) return placing;
      const cause = { by: 'traveller', traceId: identity.requestId, address: identity.address };
      return orders.place(placing, question, cause, (em) => carts.takeOut(em, cart));
    },
  },

  CartResult: either('Cart', 'OrderRefusal'),

  Cart: {
    items: ({ items }: Cart) => items.map((item) => ({ ...item })),
  },

  CartItem: {
    __resolveReference: async (reference, { carts, identity }) => {
      const item = await carts.item(reference.id, identity.account);
      const { offer } = reference as { offer?: { total: { amount: string; currency: string } } | null };
      return item && { ...item, today: offer?.total ?? null };
    },
    offer: ({ offer }) => ({ id: offer.offerId }),
    change: ({ offer, today }) => changeOf(offer, today ?? null),
    priceWhenAdded: ({ offer }) => money(offer.total, offer.currency),
    addedAt: ({ addedAt }) => new Date(addedAt).toISOString(),
    isExpired: ({ offer }, _, { now }) => isOver(offer, now),
    expiresAt: ({ offer }) => offer.expiresAt,
    travellers: ({ travellers }) =>
      travellers ? travellers.map((each) => ({ ...each, document: each.document ?? null })) : null,
  },
} satisfies Resolvers;
