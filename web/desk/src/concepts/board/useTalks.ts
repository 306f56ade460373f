import { ref } from 'vue';
import { api } from '../../api/client';
import type { BoardTalkOut, ConversationOut } from '../../api/types';
import { apply } from '../../live/apply';
import { toast, useProblemText } from '../../ui';
import { session } from '../session';

/** Taking and handing on from the board. Who is served by somebody is taken over by a transfer to oneself. */
export function useTalks() {
  const problemText = useProblemText();
  const busy = ref(false);
  const transferring = ref<ConversationOut | null>(null);

  async function change(run: () => Promise<ConversationOut>): Promise<ConversationOut | null> {
    busy.value = true;
    try {
      const row = await run();
      apply({ upsert: { conversation: [row] } });
      return row;
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
      return null;
    } finally {
      busy.value = false;
    }
  }

  const address = (talk: BoardTalkOut) => `/api/conversations/${talk.id}`;
  const take = (talk: BoardTalkOut) =>
    change(() =>
      talk.state === 'waiting'
        ? api.post<ConversationOut>(`${address(talk)}/take`)
        : api.post<ConversationOut>(`${address(talk)}/transfer`, { agent_id: session.agentId }),
    );
  const beginTransfer = async (talk: BoardTalkOut) => {
    transferring.value = await change(() => api.get<ConversationOut>(address(talk)));
  };

  return { busy, transferring, take, beginTransfer };
}
