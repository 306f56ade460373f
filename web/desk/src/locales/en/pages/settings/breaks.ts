export default {
  lead: 'What a break can be for. Agents choose one when they take a break.',
  new: 'New reason',
  empty: 'No reasons yet',
  emptyHint: 'Start with “Lunch” and “Training”.',
  name: 'Reason',
  label: 'Reason',
};
