import type { Locale } from './locale';

const en = {
  open: 'Open the chat',
  unread: 'Open the chat, {n} unread messages',
  unread_one: 'Open the chat, 1 unread message',
  wrote: '{name} wrote back: “{text}”',
  sentFile: '{name} sent a file.',
  dismiss: 'Dismiss',
  failed: 'The chat could not be opened. Please try again.',
};

const zhTW: typeof en = {
  open: '開啟對話',
  unread: '開啟對話，{n} 則未讀訊息',
  unread_one: '開啟對話，1 則未讀訊息',
  wrote: '{name} 回覆：「{text}」',
  sentFile: '{name} 傳來了檔案。',
  dismiss: '關閉預覽',
  failed: '暫時無法開啟對話，請再試一次。',
};

export const launcherTexts: Record<Locale, typeof en> = { en, 'zh-TW': zhTW };
