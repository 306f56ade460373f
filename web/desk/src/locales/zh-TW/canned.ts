export default {
  title: '罐頭回覆',
  choose: '選擇',
  insert: '插入',
  close: '關閉',
  manage: '管理',
  used: '尚未使用 | 使用過 1 次 | 使用過 {count} 次',
  shared: { me: '僅供自己使用，{used}', teams: '與{teams}共用，{used}', everybody: '所有人共用，{used}' },
};
