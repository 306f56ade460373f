interface PageKeys {
  page: string;
  /** As the commands of the page say it. */
  group: string;
  keys: readonly (readonly [name: string, keys: string])[];
}

/** The keys of every page, so that the sheet can tell them everywhere. A test holds them against what the pages register. */
export const ALL_KEYS: readonly PageKeys[] = [
  {
    page: '/inbox',
    group: 'app.inbox',
    keys: [
      ['conversations.keys.next', 'j'],
      ['conversations.keys.previous', 'k'],
      ['conversations.keys.open', 'enter'],
      ['conversations.keys.search', '/'],
      ['conversations.keys.leaveSearch', 'escape'],
      ['conversations.keys.back', 'escape'],
    ],
  },
  {
    page: '/inbox',
    group: 'conversations.conversation',
    keys: [
      ['conversations.take', 'a'],
      ['conversations.keys.reply', 'r'],
      ['conversations.keys.note', 'n'],
      ['conversations.keys.send', 'mod+enter'],
      ['conversations.keys.sendAnyway', 'mod+shift+enter'],
      ['conversations.keys.leaveField', 'escape'],
      ['conversations.transferDots', 't'],
      ['conversations.template.dots', 'shift+t'],
      ['conversations.choices.dots', 'shift+c'],
      ['conversations.snooze.dots', 's'],
      ['conversations.later.undo', 'z'],
      ['messages.menu.older', 'm'],
      ['messages.menu.newer', 'shift+m'],
      ['conversations.keys.end', 'e'],
    ],
  },
  {
    page: '/contacts',
    group: 'contacts.title',
    keys: [
      ['contacts.keys.next', 'j'],
      ['contacts.keys.previous', 'k'],
      ['contacts.keys.open', 'enter'],
      ['contacts.keys.search', '/'],
      ['contacts.new', 'c'],
      ['contacts.start.open', 'w'],
    ],
  },
  {
    page: '/contacts',
    group: 'contacts.contact',
    keys: [
      ['common.save', 'mod+s'],
      ['common.back', 'escape'],
      ['contacts.merge.open', 'm'],
      ['contacts.start.open', 'w'],
    ],
  },
  {
    page: '/records',
    group: 'records.title',
    keys: [
      ['records.keys.next', 'j'],
      ['records.keys.previous', 'k'],
      ['records.keys.open', 'enter'],
      ['records.keys.search', '/'],
    ],
  },
  {
    page: '/records',
    group: 'records.record',
    keys: [
      ['records.keys.newer', 'k'],
      ['records.keys.older', 'j'],
      ['records.complete', 'mod+enter'],
      ['records.keys.back', 'escape'],
    ],
  },
  { page: '/board', group: 'board.title', keys: [['board.leaveWall', 'escape']] },
  {
    page: '/settings',
    group: 'settings.title',
    keys: [
      ['settings.find', '/'],
      ['settings.keys.new', 'c'],
      ['common.save', 'mod+s'],
    ],
  },
];
