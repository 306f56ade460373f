export default {
  change: 'Change your availability',
  become: 'Availability: {state}',
  yourAvailability: 'Your availability: ',
  load: '{load} of {capacity} places taken',
  returned: {
    title: '{n} conversation went to others | {n} conversations went to others',
    why: 'Your connection was lost for longer than the time of grace.',
    with: '{name} has it',
    waiting: 'waits in the queue',
    closed: 'ended',
    ok: 'OK',
  },
  causes: { missed_offer: 'Break (missed offer)' },
  states: { ready: 'Ready', busy: 'Busy', break: 'Break', offline: 'Offline', wrap_up: 'Wrap-up' },
};
