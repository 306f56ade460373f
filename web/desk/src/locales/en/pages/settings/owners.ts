export default {
  lead: 'The companies or brands on whose behalf you serve.',
  new: 'New owner',
  empty: 'No owners yet',
  emptyHint: 'Add the companies you serve for. Skip this if you serve for yourself only.',
  name: 'Name',
  categories: 'Channel categories',
  agent_id: 'Responsible agent',
  hint: { agent_id: 'Is asked first for contacts of this owner who have nobody of their own, where the session settings say so.' },
};
