// Demo guides of places in India.
import type { DemoPlace } from './demo-place.ts';

/** Real sights with a rating in tenths; invented stays with the price of a night. */
export const india: Readonly<Record<string, DemoPlace>> = {
  DEL: {
    summary:
      'Delhi is several cities in one: Mughal tombs and bazaars in the old town, wide avenues and gardens ' +
      'in the new. Come between October and March, when the air is mild, and leave a whole evening for the ' +
      'food.',
    sights: [
      ['Red Fort', 'LANDMARK', 45],
      ['Qutb Minar', 'LANDMARK', 46],
      ["Humayun's Tomb", 'LANDMARK', 47],
      ['India Gate', 'LANDMARK', 45],
      ['Jama Masjid', 'RELIGIOUS_SITE', 44],
      ['Lotus Temple', 'RELIGIOUS_SITE', 45],
      ['National Museum', 'MUSEUM', 44],
      ['Lodhi Garden', 'NATURE', 46],
    ],
    stays: [
      ['Neem Courtyard House', '7200'],
      ['Lantern Lane Guest Rooms', '3400'],
      ['The Jharokha Terrace', '12500'],
      ['Amaltas Garden Suites', '9800'],
      ['Old Well Haveli', '6100'],
      ['Northern Ridge Rooms', '4200'],
      ['Kite & Minaret', '5300'],
      ['The Marigold Ledger', '15800'],
    ],
  },
  BLR: {
    summary:
      'Bengaluru sits high enough to stay cool all year, and its old parks and cantonment bungalows survive ' +
      'between the technology campuses. Mornings belong to the gardens and to filter coffee, evenings to ' +
      'its many breweries.',
    sights: [
      ['Lalbagh Botanical Garden', 'NATURE', 45],
      ['Cubbon Park', 'NATURE', 45],
      ['Bangalore Palace', 'LANDMARK', 42],
      ["Tipu Sultan's Summer Palace", 'LANDMARK', 41],
      ['National Gallery of Modern Art', 'MUSEUM', 45],
      ['Visvesvaraya Industrial and Technological Museum', 'MUSEUM', 44],
      ['ISKCON Temple', 'RELIGIOUS_SITE', 46],
      ['Bannerghatta Biological Park', 'NATURE', 43],
    ],
    stays: [
      ['Jacaranda Mile', '6800'],
      ['Granite & Gulmohar', '4500'],
      ['Cubbon Lane Rooms', '5200'],
      ['Filter Coffee Guest House', '3100'],
      ['The Cloud Verandah', '9200'],
      ['Lakebed Suites', '7400'],
      ['Cantonment Bungalow No. 9', '11800'],
      ['Sampige Courtyard', '3900'],
    ],
  },
  BOM: {
    summary:
      'Mumbai runs along the sea, from the arches of its Victorian south to the cafés of its northern ' +
      'suburbs. Walk the curve of Marine Drive at dusk, take a ferry to the island caves, and expect rain ' +
      'from June to September.',
    sights: [
      ['Gateway of India', 'LANDMARK', 46],
      ['Chhatrapati Shivaji Maharaj Terminus', 'LANDMARK', 46],
      ['Elephanta Caves', 'LANDMARK', 44],
      ['Chhatrapati Shivaji Maharaj Vastu Sangrahalaya', 'MUSEUM', 46],
      ['Marine Drive', 'LANDMARK', 47],
      ['Haji Ali Dargah', 'RELIGIOUS_SITE', 45],
      ['Sanjay Gandhi National Park', 'NATURE', 44],
      ['Colaba Causeway', 'NEIGHBOURHOOD', 43],
    ],
    stays: [
      ["Queen's Curve Rooms", '8200'],
      ['The Monsoon Balcony', '13500'],
      ['Deco Mile House', '9700'],
      ['Koli Lane Guest House', '4100'],
      ['Banyan Chowk Rooms', '5200'],
      ['Seventh Island Suites', '16900'],
      ['Bandra Bell House', '7600'],
      ['Lighthouse & Lime', '6300'],
    ],
  },
  CCU: {
    summary:
      'Kolkata is a city of books, theatre and long conversation, with trams still running past colonnaded ' +
      'mansions. Autumn brings Durga Puja, when whole streets turn into works of art for a few nights.',
    sights: [
      ['Victoria Memorial', 'MUSEUM', 46],
      ['Howrah Bridge', 'LANDMARK', 46],
      ['Indian Museum', 'MUSEUM', 45],
      ['Dakshineswar Kali Temple', 'RELIGIOUS_SITE', 47],
      ['Kumartuli', 'NEIGHBOURHOOD', 44],
      ['College Street', 'NEIGHBOURHOOD', 45],
      ['Indian Botanic Garden', 'NATURE', 43],
      ['Science City', 'ENTERTAINMENT', 44],
    ],
    stays: [
      ['Tramline House', '4300'],
      ['The Adda Rooms', '3200'],
      ['Hooghly Lantern', '7900'],
      ['Red Oxide Courtyard', '5600'],
      ['Portico by the Ghats', '9400'],
      ['Shiuli Guest House', '2800'],
      ['Paper Boat Rooms', '3600'],
      ['Lime & Louvre House', '6700'],
    ],
  },
  COK: {
    summary:
      'Kochi grew on the spice trade, and Fort Kochi still shows who came for it: a synagogue, Portuguese ' +
      'churches, Dutch houses and fishing nets of Chinese make. It is also the gate to the Kerala ' +
      'backwaters, an hour or two to the south.',
    sights: [
      ['Fort Kochi', 'NEIGHBOURHOOD', 46],
      ['Chinese Fishing Nets', 'LANDMARK', 43],
      ['Mattancherry Palace', 'MUSEUM', 43],
      ['Paradesi Synagogue', 'RELIGIOUS_SITE', 44],
      ['St. Francis Church', 'RELIGIOUS_SITE', 43],
      ['Hill Palace', 'MUSEUM', 43],
      ['Cherai Beach', 'NATURE', 44],
      ['Kerala Folklore Museum', 'MUSEUM', 45],
    ],
    stays: [
      ['Backwater Almanac', '8900'],
      ['Pepper Wharf House', '6400'],
      ['Fishing Net Rooms', '4200'],
      ['The Spice Attic', '5300'],
      ['Monsoon Jetty', '7600'],
      ['Coir & Clove Homestay', '3300'],
      ['Lagoon Verandah', '10800'],
      ['Nutmeg Courtyard', '4800'],
    ],
  },
  HYD: {
    summary:
      'Hyderabad joins the palaces and pearl markets of the Nizams with a busy modern city to the west. ' +
      'Climb Golconda late in the day, and order biryani wherever there is a queue.',
    sights: [
      ['Charminar', 'LANDMARK', 45],
      ['Golconda Fort', 'LANDMARK', 45],
      ['Salar Jung Museum', 'MUSEUM', 45],
      ['Chowmahalla Palace', 'LANDMARK', 45],
      ['Qutb Shahi Tombs', 'LANDMARK', 44],
      ['Birla Mandir', 'RELIGIOUS_SITE', 46],
      ['Hussain Sagar', 'NATURE', 43],
      ['Ramoji Film City', 'ENTERTAINMENT', 45],
    ],
    stays: [
      ['Pearl Bazaar Rooms', '3900'],
      ['Boulder Garden Suites', '8700'],
      ['The Qutb Terrace', '7200'],
      ['Four Minarets House', '4600'],
      ['Tank Bund Lodgings', '6100'],
      ['Deccan Stone House', '5400'],
      ['The Attar Courtyard', '9900'],
      ['Lattice & Lime', '12700'],
    ],
  },
  MAA: {
    summary:
      'Chennai keeps the classical south alive: temple towers, silk looms and a winter season of music and ' +
      'dance. The beach runs for miles along the city, and the shore temples of Mamallapuram are an easy ' +
      'day away.',
    sights: [
      ['Marina Beach', 'NATURE', 44],
      ['Kapaleeshwarar Temple', 'RELIGIOUS_SITE', 47],
      ['San Thome Basilica', 'RELIGIOUS_SITE', 46],
      ['Fort St. George', 'LANDMARK', 42],
      ['Government Museum', 'MUSEUM', 43],
      ['Guindy National Park', 'NATURE', 42],
      ['Mylapore', 'NEIGHBOURHOOD', 45],
      ['DakshinaChitra', 'MUSEUM', 45],
    ],
    stays: [
      ['Filter & Frangipani', '4700'],
      ['Casuarina Sands House', '8300'],
      ['Temple Tank Rooms', '3500'],
      ['The Kolam Courtyard', '5900'],
      ['Coromandel Porch', '7700'],
      ['Sea Almond Guest House', '4100'],
      ['Adyar Fig House', '6600'],
      ['The Madras Loom', '10200'],
    ],
  },
  GOI: {
    summary:
      'Goa mixes palm-lined beaches with whitewashed churches and the tiled houses of its Portuguese past. ' +
      'The north is lively and the south is quiet; from November to February both are at their best.',
    sights: [
      ['Basilica of Bom Jesus', 'RELIGIOUS_SITE', 46],
      ['Se Cathedral', 'RELIGIOUS_SITE', 45],
      ['Fontainhas', 'NEIGHBOURHOOD', 44],
      ['Fort Aguada', 'LANDMARK', 43],
      ['Palolem Beach', 'NATURE', 45],
      ['Dudhsagar Falls', 'NATURE', 46],
      ['Chapora Fort', 'LANDMARK', 42],
      ['Museum of Goa', 'MUSEUM', 44],
    ],
    stays: [
      ['Laterite & Lime', '5600'],
      ['The Susegad Porch', '6900'],
      ['Cashew Grove Cottages', '4800'],
      ['Palm Letter House', '8800'],
      ['Oyster Shell Windows', '9700'],
      ['Quiet Cove Huts', '3200'],
      ['Blue Tile Manor', '7400'],
      ['Mandovi Ferry Rooms', '4300'],
    ],
  },
};
