export default {
  yourAvailability: '你的狀態：',
  load: '已使用 {capacity} 個名額中的 {load} 個',
  states: { ready: '可接案', busy: '忙碌', break: '休息', offline: '離線', wrap_up: '待結案' },
};
