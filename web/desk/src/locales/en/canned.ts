export default {
  title: 'Canned responses',
  choose: 'choose',
  insert: 'insert',
  close: 'close',
  manage: 'Manage',
  used: 'never used | used once | used {count} times',
  shared: { me: 'Only yours, {used}', teams: 'Shared with {teams}, {used}', everybody: 'Shared with everybody, {used}' },
};
