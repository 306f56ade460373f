export default {
  heading: '音效與通知',
  volume: '音量',
  sound: { conversation: '新對話的音效', message: '新訊息的音效', mention: '被提及時的音效' },
  sounds: { off: '無', chime: '鈴聲', knock: '敲門聲', drop: '水滴聲' },
  notify: { conversation: '有新對話時通知我', message: '有新訊息時通知我', mention: '同事提及我時通知我' },
  ask: '允許這個瀏覽器顯示通知',
  allowed: '這個瀏覽器可以顯示通知。',
  denied: '這個瀏覽器不會顯示通知，請在瀏覽器的網站設定中允許。',
};
