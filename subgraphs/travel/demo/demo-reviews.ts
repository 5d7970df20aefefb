// Texts of the demo's reviews: an opening that fits the rating, and a remark that fits any rating.

/** Openings by the mood of the guest. */
export const openings = {
  glad: [
    'One of the friendliest welcomes we have had anywhere.',
    'Quiet, spotless and exactly as described.',
    'We booked two nights and stayed for four.',
    'The room was small but thought through to the last hook.',
    'Everything worked, and somebody had clearly cared.',
    'A calm place to come back to after a day of walking.',
    'The best sleep of our whole trip.',
    'Good value, and the staff knew the city inside out.',
    'Lovely building, and kept with real affection.',
    'Our flight landed at dawn and they let us in at once.',
    'The view from the top floor alone is worth it.',
    'Simple rooms, excellent beds, no fuss.',
    'Felt more like visiting relatives than checking in.',
    'We would book the same room again tomorrow.',
  ],
  mixed: [
    'A fair place for one night, not for a week.',
    'Nice house, but the room facing the street was loud.',
    'Clean and central, though smaller than in the pictures.',
    'The staff did their best; the lift did not.',
    'Good location, ordinary room.',
    'Comfortable bed, weak shower.',
  ],
  sorry: [
    'Our room was not ready until the evening.',
    'The air conditioning gave up on the first night.',
    'The walls are thin and the neighbours were not shy.',
    'Tired furniture, and nobody at the desk after ten.',
    'We expected more for the price.',
  ],
} as const;

/** Remarks that fit any opening. */
export const remarks = [
  'Breakfast is served until eleven.',
  'The nearest station is about ten minutes on foot.',
  'Ask for a room on the courtyard side.',
  'There is a good bakery around the corner.',
  'The neighbourhood is easy to explore on foot.',
  'The wireless network reached every corner.',
  'They keep luggage for the day if your flight is late.',
  'The stairs are steep, so pack light.',
  'The roof is the place to be at sunset.',
  'A taxi to the airport took less than an hour.',
  'They lend umbrellas and a good paper map.',
  'Families with small children were made welcome.',
] as const;
