export default {
  lead: '聯絡人為何而來，分為兩層：標題與其下的服務原因。客服人員可選擇一個或多個服務原因。',
  new: '新增服務原因',
  empty: '還沒有服務原因',
  emptyHint: '先建立標題，再建立其下的服務原因。',
  name: '服務原因',
  label: '服務原因',
  parent_id: '標題',
  description: '說明',
  category_ids: '管道分類',
  everywhere: '全部適用',
  previewFor: '客服在此分類看到的內容',
  hint: {
    parent_id: '未選擇標題時，本身就是標題，客服人員無法選用。',
    description: '告訴客服人員何時該選用。',
    category_ids: '勾選後只在這些分類提供；都不勾選則全部適用。',
  },
};
