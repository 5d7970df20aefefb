// The example operations that order a flight, for the explorer's last tabs and the demo.

const placeOrder = `# Orders an offer. Run SignUp or SignIn first, and
# replace OFFER_TOKEN below by an offerToken from
# Shopping. It is valid for twenty minutes.
# The same idempotencyKey gives the same order:
# change it for another order.
mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    ... on Order {
      id
      number
      status
      payBy
      total { amount currency }
      actions
    }
    ... on OrderRefusal { code message offers }
  }
}
`;

const startPayment = `# Starts the payment of an order. Replace ORDER_ID
# below by the id from PlaceOrder. Open the
# pageUrl of the response, and enter the card
# 4242 4242 4242 4242. The page lists other cards
# with other outcomes.
# WALLET instead of CARD pays at once.
# NOT_READY means that the seats are not held yet:
# run it again after a second.
mutation StartPayment($orderId: ID!, $method: PaymentMethod!, $idempotencyKey: String!) {
  startPayment(orderId: $orderId, method: $method, idempotencyKey: $idempotencyKey) {
    ... on Payment {
      id
      status
      pageUrl
      amount { amount currency }
    }
    ... on PaymentRefusal { code message }
  }
}
`;

const order = `# The order's status, possible actions, and
# timeline. Open the pageUrl of a ticket in a
# browser.
query Order($id: ID!) {
  order(id: $id) {
    number
    status
    actions
    payBy
    total { amount currency }
    timeline { at step status cause because traceId }
    items {
      slices { carrier flightNumber departure arrival origin { code city } destination { code city } }
      travellers { name price { amount currency } }
    }
    tickets { number status pageUrl pdfUrl }
    mails { kind state sentAt }
    payments { id method status captured { amount currency } }
    refunds { status amount { amount currency } }
  }
}
`;

/** The examples; words in capitals stand for values from earlier responses. */
export const orderExamples = (date: string) => [
  {
    name: 'PlaceOrder',
    query: placeOrder,
    variables: {
      input: {
        offers: [{ token: 'OFFER_TOKEN', travellers: [{ name: 'Asha Rao', birthDate: '1990-05-17', type: 'ADULT' }] }],
        contact: { email: 'asha@example.com' },
        idempotencyKey: `order of ${date}`,
      },
    },
  },
  {
    name: 'StartPayment',
    query: startPayment,
    variables: { orderId: 'ORDER_ID', method: 'CARD', idempotencyKey: `payment of ${date}` },
  },
  { name: 'Order', query: order, variables: { id: 'ORDER_ID' } },
];
