export default {
  folders: {
    title: 'Folders that are read',
    none: 'No folder has been read yet.',
    unread: 'Not read yet',
    read: 'Read at {at}, mails from {day} on',
    taking: 'Taking in mails from {day} on',
    from: 'Take in mails from',
    hint: 'What lay in the mailbox before is taken in from this day on. What is here already changes nothing.',
    take: 'Take them in',
  },
};
