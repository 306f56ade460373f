export default {
  folders: {
    title: '讀取的資料夾',
    none: '尚未讀取任何資料夾。',
    unread: '尚未讀取',
    read: '讀取於 {at}，收取 {day} 起的郵件',
    taking: '正在收取 {day} 起的郵件',
    from: '收取此日起的郵件',
    hint: '信箱中自此日起的舊郵件也會收進來；已收取的郵件不受影響。',
    take: '開始收取',
  },
};
