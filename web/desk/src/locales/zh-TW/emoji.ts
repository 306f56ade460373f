export default {
  title: '表情符號',
  search: '搜尋表情符號',
  none: '找不到這個名稱的表情符號。',
  kinds: {
    faces: '表情',
    hands: '手勢與人物',
    hearts: '愛心與慶祝',
    nature: '動物與自然',
    food: '食物與飲料',
    things: '物品與地點',
    signs: '符號',
  },
};
