export default {
  createNamed: '建立「{name}」',
  find: '尋找聯絡人',
  findBy: '姓名、電話或電子郵件',
  findOrCreate: '尋找或建立',
  noneFound: '找不到聯絡人',
  clear: '清除聯絡人',
  join: '合併',
  mayBe: '這可能是{name}：留下了相同的電子郵件。',
};
