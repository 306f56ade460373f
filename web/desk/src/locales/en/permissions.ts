export default {
  matrix: 'What each role may do',
  yes: 'yes',
  no: 'no',
  notYours: 'You do not hold this yourself, so you cannot give it.',
  about: {
    conversation: 'Conversations',
    record: 'Service records',
    contact: 'Contacts',
    people: 'Agents, teams and roles',
    settings: 'Settings of the service',
    data: 'Data',
  },
  can: {
    conversation: {
      read: 'Read one’s own conversations and those of one’s teams',
      read_all: 'Read every conversation',
      reply: 'Answer contacts and write internal notes',
      take: 'Take a waiting conversation out of the queue',
      transfer: 'Hand a conversation to another agent or team',
      close: 'End a conversation',
    },
    record: {
      read: 'Read the records of one’s own services and of one’s teams',
      read_all: 'Read every service record',
      edit: 'Fill in, complete and reopen one’s own records',
      edit_all: 'Fill in, complete and reopen every record',
    },
    contact: { read: 'Look contacts up', edit: 'Create and change contacts' },
    people: { read: 'See agents, teams and who is there', manage: 'Add and change agents, teams and roles' },
    settings: {
      read: 'See channels, channel categories, owners, results and reasons',
      manage: 'Change channels, channel categories, owners, results and reasons',
    },
    board: { read: 'See the live board' },
    availability: { set: 'Set the availability of other agents' },
    data: { import: 'Bring in contacts, conversations and records of another system' },
  },
};
