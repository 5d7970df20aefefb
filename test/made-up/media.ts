// Test media in two subgraphs: one has a type for each kind, the other a single type (`@interfaceObject`).
import { type Parts, ref, refs } from './supergraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@interfaceObject"])'; // prettier-ignore

const kinds = `${link}
  type Query { media: [Media!]! one(id: ID!): Media }
  interface Media @key(fields: "id") { id: ID! title: String! length(unit: String = "s"): Int next: Media }
  type Song implements Media @key(fields: "id") { id: ID! title: String! length(unit: String = "s"): Int next: Media beats: Int }
  type Show implements Media @key(fields: "id") { id: ID! title: String! length(unit: String = "s"): Int next: Media episodes: Int }`;

const reviews = `${link}
  type Query { top: [Media!]! reviews: [Review!]! }
  type Media @key(fields: "id") @interfaceObject { id: ID! title: String! @external length(unit: String = "s"): Int @external
    stars(of: Int = 5): Int reviews: [Review!]! blurb: String @requires(fields: "title length(unit: \\"min\\")") }
  type Review @key(fields: "id") { id: ID! text: String about: Media! }`;

interface Medium {
  title: string;
  length: number;
}

const length = ({ seconds }: { seconds: number }, { unit }: { unit: string }) => seconds + 100 * unit.length;
const blurb = ({ title, length }: Medium) => `${title} takes ${length}`;

const blurbOfWhole = (all: { title: string; seconds: number }) =>
  blurb({ ...all, length: length(all, { unit: 'min' }) });
const stars = ({ grade }: { grade: number }, { of }: { of: number }) => grade * of;

export const media: Parts = {
  subgraphs: {
    kinds: {
      sdl: kinds,
      rows: {
        song: { __typename: 'Song', id: 'm1', title: 'Air', seconds: 200, next: ref('show'), beats: 90 },
        show: { __typename: 'Show', id: 'm2', title: 'Tour', seconds: 900, next: null, episodes: 4 },
      },
      fields: {
        'Query.media': () => refs('song', 'show'),
        'Query.one': (_, { id }: { id: string }) => ref(id === 'm2' ? 'show' : 'song'),
        'Song.length': length,
        'Show.length': length,
      },
    },
    reviews: {
      sdl: reviews,
      rows: {
        song: { __typename: 'Media', id: 'm1', grade: 4, reviews: refs('good') },
        show: { __typename: 'Media', id: 'm2', grade: 2, reviews: refs('bad', 'so') },
        good: { __typename: 'Review', id: 'r1', text: 'good', about: ref('song') },
        bad: { __typename: 'Review', id: 'r2', text: 'bad', about: ref('show') },
        so: { __typename: 'Review', id: 'r3', text: null, about: ref('show') },
      },
      fields: {
        'Query.top': () => refs('show', 'song'),
        'Query.reviews': () => refs('good', 'bad', 'so'),
        'Media.stars': stars,
        'Media.blurb': blurb,
      },
    },
  },
  joined: { 'Song.stars': stars, 'Show.stars': stars, 'Song.blurb': blurbOfWhole, 'Show.blurb': blurbOfWhole },
};
