export default {
  skills: 'Skills',
  languages: 'Languages',
  new: 'New',
  add: 'Add “{name}”',
  placeholder: 'Add a skill or language',
  none: 'Type a word to add it as a skill.',
};
