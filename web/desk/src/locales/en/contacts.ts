export default {
  createNamed: 'Create “{name}”',
  find: 'Find a contact',
  findBy: 'Name, number or address',
  findOrCreate: 'Find or create',
  noneFound: 'No contact found',
  clear: 'Clear the contact',
  join: 'Join',
  mayBe: 'This may be {name}: they gave the same e-mail address.',
};
