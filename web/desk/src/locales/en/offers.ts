export default {
  title: 'A conversation for you',
  rings: '{name} is waiting for you: connect before the time is up.',
  waited: 'waited {wait}',
  between: ', ',
  said: '“{text}”',
  left: '{n} second left to connect | {n} seconds left to connect',
  mute: 'Mute the ring',
  connect: 'Connect',
  decline: 'Leave this one to the next agent',
};
