export default {
  lead: '每個人可以做的事由角色決定。客服人員、主管與管理員是固定的角色；如不適用，可自訂其他角色。',
  new: '新增角色',
  empty: '還沒有角色',
  emptyHint: '為需要更多或更少權限的人建立角色。',
  name: '名稱',
  description: '說明',
  permissions: '權限',
  agents: '客服人員',
  fixed: '這是固定的角色。如需其他權限，請自訂角色。',
  about: {
    agent: '為聯絡人服務，可查看與自己和所屬團隊有關的內容。',
    supervisor: '另可查看並修正所有人的工作。',
    administrator: '可以做所有的事，包括變更這些設定。',
  },
  hint: {
    description: '這個角色適合誰。',
    permissions: '變更會立即對所有擁有此角色的人生效。',
  },
};
