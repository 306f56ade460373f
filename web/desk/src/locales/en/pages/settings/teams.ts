export default {
  lead: 'Agents with the same skill. Conversations wait in the queue of a team.',
  new: 'New team',
  empty: 'No teams yet',
  emptyHint: 'Make one, and give it members.',
  name: 'Name',
  member_ids: 'Members',
  priorities: 'Priority of the members',
  limit: 'Conversations at once',
  hint: {
    limit: 'How many conversations one agent may serve at the same time. Who is in several teams has the largest.',
    priorities: 'Where the session settings choose agents by priority, the highest is asked first; the same number shares.',
  },
};
