export default {
  title: 'Emoji',
  search: 'Find an emoji',
  none: 'No emoji of that name.',
  kinds: {
    faces: 'Faces',
    hands: 'Hands and people',
    hearts: 'Hearts and cheers',
    nature: 'Animals and nature',
    food: 'Food and drink',
    things: 'Things and places',
    signs: 'Signs',
  },
};
