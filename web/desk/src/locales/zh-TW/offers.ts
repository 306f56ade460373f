export default {
  title: '有對話指派給你',
  rings: '{name}正在等你，請在時限內接手。',
  waited: '已等候 {wait}',
  between: '，',
  said: '「{text}」',
  left: '剩 {n} 秒可接手',
  mute: '關閉鈴聲',
  connect: '接手',
  decline: '讓給下一位服務人員',
};
