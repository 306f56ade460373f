import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AgentOut, ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { toast, useProblemText, type Pick } from '../../ui';
import { session } from '../session';
import { decides } from './deciding';
import { changeConversation } from './useConversation';

const TEAM = 'team:';
const AGENT = 'agent:';
const ORDER = ['ready', 'busy', 'break', 'offline'];

/** Teams first, then agents, those who are ready on top. A transfer may go to anybody; it then waits for them. */
export function useTransfer(conversation: Ref<ConversationOut>, done: () => void) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const chosen = ref<string | null>(null);
  const note = ref('');
  const busy = ref(false);
  const problem = ref('');

  const picks = computed<Pick[]>(() => [
    ...[...pool.team.values()]
      .filter((team) => team.active)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((team) => ({ id: TEAM + team.id, label: team.name, group: t('conversations.teams') })),
    ...[...pool.agent.values()]
      .filter((agent) => agent.active && agent.id !== conversation.value.agent_id)
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
      .map((agent) => ({
        id: AGENT + agent.id,
        label: agent.id === session.agentId ? t('conversations.toMe', { name: agent.name }) : agent.name,
        dot: agent.availability.state,
        hint: `${t(`presence.states.${agent.availability.state}`)} ${agent.load}/${agent.capacity}`,
        group: t('conversations.agents'),
      })),
  ]);

  function begin(): void {
    chosen.value = null;
    note.value = '';
    problem.value = '';
  }

  async function transferTo(to: string, said = ''): Promise<void> {
    const target = to.startsWith(TEAM) ? { team_id: to.slice(TEAM.length) } : { agent_id: to.slice(AGENT.length) };
    const id = conversation.value.id;
    const answer = await changeConversation(id, 'transfer', { ...target, note: said });
    const name = picks.value.find((pick) => pick.id === to)?.label ?? '';
    // Gone to a team that is not mine, it cannot be asked back.
    toast(t('conversations.handedTo', { name }), decides(answer) ? { undo: () => void takeBack(id) } : {});
  }

  async function takeBack(id: string): Promise<void> {
    try {
      await changeConversation(id, 'transfer', { agent_id: session.agentId });
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  async function transfer(): Promise<void> {
    const to = chosen.value;
    if (!to || busy.value) return;
    busy.value = true;
    problem.value = '';
    try {
      await transferTo(to, note.value.trim());
      done();
    } catch (error) {
      problem.value = problemText(error);
    } finally {
      busy.value = false;
    }
  }

  return { picks, chosen, note, busy, problem, begin, transfer, transferTo };
}

function rank(agent: AgentOut): number {
  const at = ORDER.indexOf(agent.availability.state);
  return (at < 0 ? ORDER.length : at) * 1000 + agent.load;
}
