// Demo guides of places outside India.
import type { DemoPlace } from './demo-place.ts';

/** Real sights with a rating in tenths; invented stays with the price of a night. */
export const abroad: Readonly<Record<string, DemoPlace>> = {
  SIN: {
    summary:
      'Singapore puts rain forest, hawker stalls and a skyline within one train ride of each other. It is ' +
      'warm and wet all year, so plan the gardens for the morning and the museums for the afternoon storm.',
    sights: [
      ['Gardens by the Bay', 'NATURE', 48],
      ['Merlion Park', 'LANDMARK', 44],
      ['Singapore Botanic Gardens', 'NATURE', 47],
      ['National Gallery Singapore', 'MUSEUM', 46],
      ['Buddha Tooth Relic Temple', 'RELIGIOUS_SITE', 46],
      ['Kampong Glam', 'NEIGHBOURHOOD', 45],
      ['Singapore Zoo', 'ENTERTAINMENT', 46],
      ['Asian Civilisations Museum', 'MUSEUM', 45],
    ],
    stays: [
      ['Five-Foot Way House', '165'],
      ['Shophouse Lantern', '210'],
      ['The Nutmeg Hill', '320'],
      ['Kopi & Cotton Rooms', '118'],
      ['Frangipani Loft', '195'],
      ['Straits Tile House', '240'],
      ['Harbour Fig Suites', '385'],
      ['Raincloud Rooms', '140'],
    ],
  },
  NRT: {
    summary:
      'Tokyo is many small towns joined by the best trains in the world, each with its own shrine, market ' +
      'and lanes. Spring blossom and autumn leaves draw the crowds; the temple town of Narita is worth the ' +
      'last hours before a flight.',
    sights: [
      ['Senso-ji', 'RELIGIOUS_SITE', 46],
      ['Meiji Jingu', 'RELIGIOUS_SITE', 47],
      ['Tokyo National Museum', 'MUSEUM', 46],
      ['Shinjuku Gyoen', 'NATURE', 47],
      ['Shibuya Crossing', 'LANDMARK', 45],
      ['Tokyo Skytree', 'LANDMARK', 44],
      ['Naritasan Shinshoji Temple', 'RELIGIOUS_SITE', 45],
      ['Yanaka', 'NEIGHBOURHOOD', 44],
    ],
    stays: [
      ['Lantern Alley Inn', '14800'],
      ['Plum Rain Ryokan', '26400'],
      ['Sumida Paper House', '17900'],
      ['The Quiet Tatami', '19600'],
      ['Cedar & Steam', '31200'],
      ['Northern Gate Rooms', '9800'],
      ['Swallow Street Stay', '11600'],
      ['Blue Noren Inn', '13400'],
    ],
  },
  BKK: {
    summary:
      'Bangkok lives on its river and canals as much as on its streets, with gilded temples between towers ' +
      'and markets. Take the express boats, eat where the locals sit, and come in the cooler months from ' +
      'November to February.',
    sights: [
      ['Grand Palace', 'LANDMARK', 46],
      ['Wat Pho', 'RELIGIOUS_SITE', 47],
      ['Wat Arun', 'RELIGIOUS_SITE', 47],
      ['Chatuchak Weekend Market', 'ENTERTAINMENT', 44],
      ['Jim Thompson House', 'MUSEUM', 45],
      ['Lumphini Park', 'NATURE', 45],
      ['Yaowarat', 'NEIGHBOURHOOD', 45],
      ['Bangkok National Museum', 'MUSEUM', 45],
    ],
    stays: [
      ['Klong Lantern House', '1850'],
      ['The Teak Balcony', '3200'],
      ['Jasmine Pier Rooms', '2400'],
      ['Rice Barge Residence', '4600'],
      ['Mango Lane Guest House', '1150'],
      ['Silk Shuttle House', '2750'],
      ['Old Customs Courtyard', '5400'],
      ['Tamarind Soi Rooms', '1450'],
    ],
  },
  DXB: {
    summary:
      "Dubai's tallest towers stand a short ride from the creek where wooden dhows still load cargo. Winter " +
      'is for walking the old quarters and the desert; in summer the city moves indoors.',
    sights: [
      ['Burj Khalifa', 'LANDMARK', 47],
      ['Dubai Creek', 'LANDMARK', 45],
      ['Al Fahidi Historical Neighbourhood', 'NEIGHBOURHOOD', 46],
      ['Museum of the Future', 'MUSEUM', 45],
      ['The Dubai Fountain', 'ENTERTAINMENT', 48],
      ['Jumeirah Mosque', 'RELIGIOUS_SITE', 46],
      ['Ras Al Khor Wildlife Sanctuary', 'NATURE', 43],
      ['Dubai Frame', 'LANDMARK', 45],
    ],
    stays: [
      ['Wind Tower House', '520'],
      ['Dhow Lantern Rooms', '340'],
      ['The Coral Stone Court', '780'],
      ['Creekside Majlis', '460'],
      ['Saffron Abra Suites', '610'],
      ['Ghaf Tree Lodge', '1150'],
      ["Pearl Diver's Rest", '390'],
      ['Sail Loft by the Marina', '890'],
    ],
  },
  KWI: {
    summary:
      "Kuwait City looks out over the Gulf from a long corniche, with one of the region's liveliest old " +
      'souqs behind it. Its museums are new and generous, and the evenings are for the waterfront and ' +
      'grilled fish.',
    sights: [
      ['Kuwait Towers', 'LANDMARK', 44],
      ['Grand Mosque', 'RELIGIOUS_SITE', 47],
      ['Souq Al-Mubarakiya', 'NEIGHBOURHOOD', 46],
      ['Kuwait National Museum', 'MUSEUM', 41],
      ['Tareq Rajab Museum', 'MUSEUM', 46],
      ['Sheikh Abdullah Al Salem Cultural Centre', 'MUSEUM', 47],
      ['Al Shaheed Park', 'NATURE', 47],
      ['The Scientific Center', 'ENTERTAINMENT', 44],
    ],
    stays: [
      ['Dhow Yard House', '32.500'],
      ["Pearl Merchant's Court", '48.000'],
      ['The Salt Breeze', '56.750'],
      ['Old Souq Rooms', '24.250'],
      ['Palm & Pier Suites', '61.500'],
      ['Desert Truffle Inn', '28.900'],
      ['Gulf Road Loft', '37.400'],
      ['Sidra Tree House', '42.600'],
    ],
  },
  LHR: {
    summary:
      'London rewards walking: along the Thames, through its royal parks, and from one village-like quarter ' +
      'to the next. The great museums are free, and theatre tickets are often cheapest on the day.',
    sights: [
      ['British Museum', 'MUSEUM', 47],
      ['Tower of London', 'LANDMARK', 46],
      ['Westminster Abbey', 'RELIGIOUS_SITE', 46],
      ["St Paul's Cathedral", 'RELIGIOUS_SITE', 47],
      ['Tate Modern', 'MUSEUM', 45],
      ['Royal Botanic Gardens, Kew', 'NATURE', 47],
      ['Notting Hill', 'NEIGHBOURHOOD', 44],
      ["Shakespeare's Globe", 'ENTERTAINMENT', 46],
    ],
    stays: [
      ['Plane Tree House', '145'],
      ["The Lamplighter's Rooms", '128'],
      ['Canal Lock Lodgings', '112'],
      ['Larkspur Mews', '189'],
      ["Bookbinder's Row", '164'],
      ['Eleven Chimneys', '232'],
      ["Ferryman's Stairs", '138'],
      ['Thimble & Thatch', '176'],
    ],
  },
  CDG: {
    summary:
      'Paris is best taken slowly: a museum in the morning, a long lunch, and the river at dusk. Every ' +
      "quarter has its market, and most of what you came for lies within an hour's walk.",
    sights: [
      ['Eiffel Tower', 'LANDMARK', 46],
      ['Louvre Museum', 'MUSEUM', 47],
      ['Notre-Dame de Paris', 'RELIGIOUS_SITE', 47],
      ["Musée d'Orsay", 'MUSEUM', 48],
      ['Sainte-Chapelle', 'RELIGIOUS_SITE', 47],
      ['Montmartre', 'NEIGHBOURHOOD', 46],
      ['Jardin du Luxembourg', 'NATURE', 47],
      ['Palais Garnier', 'ENTERTAINMENT', 47],
    ],
    stays: [
      ['Maison des Trois Horloges', '178'],
      ["L'Atelier du Relieur", '149'],
      ['Les Huit Volets', '132'],
      ['La Cour aux Moineaux', '196'],
      ['Le Zinc Endormi', '118'],
      ['Quai des Lanternes', '224'],
      ['Chambres du Passage Vert', '142'],
      ["L'Escalier de Jasmin", '265'],
    ],
  },
  ZRH: {
    summary:
      "Zürich's old town folds around the Limmat where it leaves the lake, with swimming places in the " +
      'middle of the city. The hills begin at the last tram stop, and the Alps are a day trip.',
    sights: [
      ['Grossmünster', 'RELIGIOUS_SITE', 45],
      ['Fraumünster', 'RELIGIOUS_SITE', 45],
      ['Swiss National Museum', 'MUSEUM', 46],
      ['Kunsthaus Zürich', 'MUSEUM', 46],
      ['Uetliberg', 'NATURE', 47],
      ['Lake Zurich', 'NATURE', 47],
      ['Niederdorf', 'NEIGHBOURHOOD', 44],
      ['Zurich Opera House', 'ENTERTAINMENT', 47],
    ],
    stays: [
      ['Linden Quay House', '248'],
      ['Zur Stillen Glocke', '196'],
      ['Zimmer am Tramdepot', '142'],
      ['Haus zum Blauen Krug', '212'],
      ['Limmat Attic', '178'],
      ['The Ferry Landing', '289'],
      ['Zunfthof Suites', '325'],
      ["Weavers' Loft", '164'],
    ],
  },
  JFK: {
    summary:
      'New York is five boroughs of neighbourhoods that change by the block, joined by a subway that never ' +
      'closes. See the skyline from a ferry, spend a day in one museum rather than an hour in five, and ' +
      'book the harbour islands early.',
    sights: [
      ['Statue of Liberty', 'LANDMARK', 46],
      ['Central Park', 'NATURE', 48],
      ['Metropolitan Museum of Art', 'MUSEUM', 48],
      ['Empire State Building', 'LANDMARK', 46],
      ['Brooklyn Bridge', 'LANDMARK', 47],
      ['American Museum of Natural History', 'MUSEUM', 46],
      ['Greenwich Village', 'NEIGHBOURHOOD', 46],
      ["St. Patrick's Cathedral", 'RELIGIOUS_SITE', 47],
    ],
    stays: [
      ['Brownstone & Fern', '219'],
      ['The Fire Escape', '174'],
      ['Water Tower Rooms', '198'],
      ["Cooper's Stoop", '156'],
      ['Ferry Slip Lofts', '242'],
      ['The Night Bakery', '163'],
      ['Skylight on Ninth', '287'],
      ['Garment Row House', '205'],
    ],
  },
  SFO: {
    summary:
      'San Francisco climbs and falls over its hills between the ocean and the bay, and the fog decides the ' +
      'weather street by street. Bring a jacket in July, ride a cable car once, and cross the bridge on ' +
      'foot.',
    sights: [
      ['Golden Gate Bridge', 'LANDMARK', 48],
      ['Alcatraz Island', 'LANDMARK', 47],
      ['Golden Gate Park', 'NATURE', 47],
      ['San Francisco Museum of Modern Art', 'MUSEUM', 45],
      ['Exploratorium', 'MUSEUM', 47],
      ['Chinatown', 'NEIGHBOURHOOD', 44],
      ['Muir Woods', 'NATURE', 47],
      ['Grace Cathedral', 'RELIGIOUS_SITE', 46],
    ],
    stays: [
      ['Fogbell House', '212'],
      ['Hill Cable Rooms', '168'],
      ['The Bay Window', '194'],
      ['Cypress Stair', '235'],
      ['Painted Gable Inn', '179'],
      ['Sourdough Lane', '147'],
      ['Eucalyptus Loft', '226'],
      ['Pier & Pelican', '259'],
    ],
  },
};
