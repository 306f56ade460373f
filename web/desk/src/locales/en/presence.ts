export default {
  yourAvailability: 'Your availability: ',
  load: '{load} of {capacity} places taken',
  states: { ready: 'Ready', busy: 'Busy', break: 'Break', offline: 'Offline', wrap_up: 'Wrap-up' },
};
