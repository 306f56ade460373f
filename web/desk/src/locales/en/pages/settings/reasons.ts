export default {
  lead: 'Why the contact came, on two levels: headings, and the reasons under them. Agents choose one or more reasons.',
  new: 'New reason',
  empty: 'No reasons yet',
  emptyHint: 'Make a heading first, then the reasons under it.',
  name: 'Reason',
  label: 'Reason',
  parent_id: 'Heading',
  description: 'Description',
  category_ids: 'Channel categories',
  everywhere: 'everywhere',
  previewFor: 'As an agent sees it in',
  hint: {
    parent_id: 'Without one it is a heading itself and cannot be chosen.',
    description: 'Tells agents when to choose it.',
    category_ids: 'Tick some to offer it there only. None means everywhere.',
  },
};
