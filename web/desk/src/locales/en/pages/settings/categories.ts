export default {
  lead: 'A label over channels: on whose behalf they serve, which team answers, and what must be filled in to complete a service.',
  new: 'New category',
  empty: 'No channel categories yet',
  emptyHint: 'Make one for each brand or line of service.',
  name: 'Name',
  owner_id: 'Owner',
  team_id: 'Default team',
  requires: 'Required to complete',
  preview: 'What an agent is offered',
  previewHint: 'The results and reasons to choose from on a record of this category, in this order.',
  hint: {
    owner_id: 'The company or brand on whose behalf you serve. Kept on every new service record.',
    team_id: 'New conversations wait in the queue of this team.',
    requires: 'Without these a service record cannot be completed.',
    skills: 'Only agents of the team who have all of these get a new conversation. It can be changed in each conversation.',
  },
};
