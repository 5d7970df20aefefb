// The only reader and writer of carts: one for each account, and anonymous carts that anyone with the id can use.
import { type EntityManager, LockMode } from '@mikro-orm/core';
import { randomBytes } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { fault } from '../../../schema/errors.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import { requireAccount } from './account-mark-store.ts';
import type { OrderRefusal } from '../rules/order.ts';
import { MOST_OFFERS } from '../rules/placing.ts';
import { refusal } from '../rules/refusal.ts';
import { CartEntity as CartHead, CartItem } from './tables.ts';
import type { WantedTraveller } from '../rules/travellers.ts';

/** The caller's account, if any, and the id of an anonymous cart, if given. With both, the anonymous cart is merged. */
export interface CartOwner {
  account: string | null;
  cart: string | null;
}

/** An offer in a cart, as promised when it was added. */
export interface ItemInCart {
  id: string;
  cart: string;
  token: string;
  offer: PromisedOffer;
  travellers: readonly WantedTraveller[] | null;
  addedAt: number;
}

export interface Cart {
  id: string;
  items: readonly ItemInCart[];
}

/** The content of a new or changed item. */
export type CartEntry = Pick<ItemInCart, 'token' | 'offer' | 'travellers'>;

/** A change of an account's cart throws UNAUTHENTICATED if the account is deleted. */
export interface Carts {
  /** The anonymous cart if it exists, else the account's cart; merges nothing. Null if there is no cart that the caller may see. */
  find(owner: CartOwner): Promise<Cart | null>;
  /** Adds an offer, and creates the cart if there is none. */
  add(owner: CartOwner, entry: CartEntry): Promise<Cart | OrderRefusal>;
  change(owner: CartOwner, item: string, entry: Partial<CartEntry>): Promise<Cart | OrderRefusal>;
  remove(owner: CartOwner, item: string): Promise<Cart | OrderRefusal>;
  /** Moves the items of an anonymous cart into the account's cart; repeating it changes nothing. */
  claim(owner: CartOwner): Promise<Cart | OrderRefusal>;
  /** An item by its id, if the account may see its cart. */
  item(id: string, account: string | null): Promise<ItemInCart | null>;
  /** Removes these items in the transaction of their order. Throws IN_PROGRESS if another request has removed one. */
  takeOut(em: EntityManager, cart: Cart): Promise<void>;
}

const unshared = { disableIdentityMap: true };

const load = async (em: EntityManager, id: string): Promise<Cart> => ({
  id,
  items: (await em.find(CartItem, { cart: id }, { orderBy: { id: 'asc' }, ...unshared })) as ItemInCart[],
});

export function openCarts(db: Database): Carts {
  /** Runs `work` on the owner's cart while holding the cart's lock. */
  const within = (
    owner: CartOwner,
    work: (em: EntityManager, cart: string, now: Date) => Promise<OrderRefusal | undefined>,
  ) =>
    db.write(async (em, clock): Promise<Cart | OrderRefusal> => {
      if (owner.account !== null) await requireAccount(em, owner.account);
      const now = await clock();
      const cart = await cartOf(em, owner, now);
      if (cart === null) return refusal('CART_NOT_FOUND');
      // written first, so that two requests on one cart run one after the other
      await em.nativeUpdate(CartHead, { id: cart }, { changedAt: now.getTime() });
      return (await work(em, cart, now)) ?? load(em, cart);
    });

  return {
    async find({ account, cart }) {
      const em = db.read();
      const anonymous = cart === null ? null : await em.findOne(CartHead, { id: cart, account: null });
      const head = anonymous ?? (account === null ? null : await em.findOne(CartHead, { account }));
      return head && load(em, head.id);
    },

    add: (owner, entry) =>
      within(owner, async (em, cart, now) => {
        if ((await em.count(CartItem, { cart })) >= MOST_OFFERS) return refusal('CART_FULL');
        await em.insert(CartItem, { ...entry, id: typeidUnboxed('cti'), cart, addedAt: now.getTime() });
      }),

    change: (owner, id, entry) =>
      within(owner, async (em, cart) => {
        const found = await em.count(CartItem, { id, cart });
        if (!found) return refusal('CART_NOT_FOUND');
        if (Object.keys(entry).length) await em.nativeUpdate(CartItem, { id, cart }, entry);
      }),

    remove: (owner, id) =>
      within(owner, async (em, cart) => {
        if (!(await em.nativeDelete(CartItem, { id, cart }))) return refusal('CART_NOT_FOUND');
      }),

    claim: (owner) => within(owner, async () => undefined),

    async item(id, account) {
      const em = db.read();
      const row = await em.findOne(CartItem, { id });
      const head = row && (await em.findOne(CartHead, { id: row.cart }));
      return head && (head.account ?? account) === account ? (row as ItemInCart) : null;
    },

    async takeOut(em, { id, items }) {
      const ids = items.map((item) => item.id);
      const gone = await em.nativeDelete(CartItem, { cart: id, id: { $in: ids } });
      if (gone !== ids.length) throw fault('IN_PROGRESS', 'The cart was changed meanwhile; read it and try again.');
    },
  };
}

/** The id of the owner's cart, created if needed, after merging the anonymous cart; null if the cart belongs to another account. */
async function cartOf(em: EntityManager, { account, cart }: CartOwner, now: Date): Promise<string | null> {
  // locked: an item added meanwhile either commits before the move, or finds that the cart is gone
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, ...unshared };
  const given = cart === null ? null : await em.findOne(CartHead, { id: cart }, lock);
  if (account === null && cart !== null) return given && !given.account ? given.id : null;
  if (given?.account) return given.account === account ? given.id : null;
  // two requests that create the account's first cart at once run one after the other here
  const id = `crt_${randomBytes(20).toString('hex')}`; // unguessable: the id alone gives access to an anonymous cart
  const row = { id, account, changedAt: now.getTime() };
  if (account === null) return (await em.insert(CartHead, row), id);
  await em.upsert(CartHead, row, {
    onConflictFields: ['account'],
    onConflictAction: 'merge',
    onConflictMergeFields: ['changedAt'],
  });
  const own = (await em.findOneOrFail(CartHead, { account }, unshared)).id;
  if (given) {
    await em.nativeUpdate(CartItem, { cart: given.id }, { cart: own });
    await em.nativeDelete(CartHead, { id: given.id });
  }
  return own;
}
