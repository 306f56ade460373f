export default {
  change: '變更你的狀態',
  become: '狀態：{state}',
  yourAvailability: '你的狀態：',
  load: '已使用 {capacity} 個名額中的 {load} 個',
  returned: {
    title: '{n} 個對話已轉給其他人 | {n} 個對話已轉給其他人',
    why: '你的連線中斷超過了寬限時間。',
    with: '由{name}服務',
    waiting: '在佇列中等候',
    closed: '已結束',
    ok: '知道了',
  },
  causes: { missed_offer: '休息（未接手）' },
  states: { ready: '可接案', busy: '忙碌', break: '休息', offline: '離線', wrap_up: '待結案' },
};
