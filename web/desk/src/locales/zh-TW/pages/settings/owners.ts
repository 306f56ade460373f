export default {
  lead: '你們代為提供服務的公司或品牌。',
  new: '新增委託方',
  empty: '還沒有委託方',
  emptyHint: '新增你們代為服務的公司。若只服務自家客戶，可以略過。',
  name: '名稱',
  categories: '管道分類',
  agent_id: '負責的客服人員',
  hint: { agent_id: '聯絡人沒有專屬負責人時，依對話設定優先由此人接手。' },
};
