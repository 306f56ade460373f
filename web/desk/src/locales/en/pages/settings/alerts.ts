export default {
  heading: 'Sounds and notifications',
  volume: 'Volume',
  sound: { conversation: 'Sound for a new conversation', message: 'Sound for a new message', mention: 'Sound for a mention' },
  sounds: { off: 'None', chime: 'Chime', knock: 'Knock', drop: 'Drop' },
  notify: { conversation: 'Notify me of a new conversation', message: 'Notify me of a new message', mention: 'Notify me when a colleague mentions me' },
  ask: 'Allow notifications in this browser',
  allowed: 'This browser may show notifications.',
  denied: 'This browser does not show notifications. Allow them in its settings for this page.',
};
