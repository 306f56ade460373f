export default {
  lead: '客服休息時可選擇的原因。',
  new: '新增原因',
  empty: '尚無原因',
  emptyHint: '可從「午餐」與「教育訓練」開始。',
  name: '原因',
  label: '原因',
};
