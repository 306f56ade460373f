import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { me, session } from '../session';
import { firstName, type Values } from './variables';

/** What the variables of a canned response stand for in this conversation. */
export function useVariables(conversation: Ref<ConversationOut>): Ref<Values> {
  return computed(() => {
    const contact = pool.contact.get(conversation.value.contact_id ?? '');
    const record = pool.record.get(conversation.value.service_record_id ?? '');
    const name = contact?.name || conversation.value.contact_name;
    const mine = me.value?.name ?? '';
    return {
      ContactName: name,
      ContactFirstName: firstName(name),
      ContactEmail: contact?.email,
      ContactCompany: contact?.company,
      AgentName: mine,
      AgentFirstName: firstName(mine),
      ChannelName: pool.channel.get(conversation.value.channel_id)?.name,
      WorkspaceName: session.workspace?.name,
      RecordNumber: record ? String(record.number) : null,
    };
  });
}
