export default {
  lead: '具備相同專長的客服人員。對話會在團隊的佇列中等候。',
  new: '新增團隊',
  empty: '還沒有團隊',
  emptyHint: '建立團隊並加入成員。',
  name: '名稱',
  member_ids: '成員',
  priorities: '成員的優先順序',
  limit: '同時服務的對話數',
  hint: {
    limit: '每位客服人員同時最多可服務的對話數；同屬多個團隊時取最大值。',
    priorities: '對話設定依優先順序選人時，數字越大越先分派；相同則輪流。',
  },
};
