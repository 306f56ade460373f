export default {
  heading: 'Signed in',
  this: 'This one',
  unknown: 'Unknown browser',
  times: 'Since {since}, last seen {seen}',
  end: 'Sign out',
  endNamed: 'Sign out {browser}',
  endOthers: 'Sign out all others',
};
