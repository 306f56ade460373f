export default {
  lead: 'What somebody may do follows from their role. Agent, supervisor and administrator are fixed; make others where these do not fit.',
  new: 'New role',
  empty: 'No roles yet',
  emptyHint: 'Make one for people who need more or less than an agent.',
  name: 'Name',
  description: 'Description',
  permissions: 'Permissions',
  agents: 'Agents',
  fixed: 'This role is fixed. Make a role of your own to allow something else.',
  about: {
    agent: 'Serves contacts, and sees what concerns them and their teams.',
    supervisor: 'Sees and corrects everybody’s work as well.',
    administrator: 'May do everything, these settings included.',
  },
  hint: {
    description: 'For whom it is meant.',
    permissions: 'A change holds at once for everybody who has this role.',
  },
};
