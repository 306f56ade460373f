const EN: Record<string, string> = {
  title: 'Your rating',
  star: '{n} star',
  stars: '{n} stars',
  comment: 'Anything to add? (optional)',
  send: 'Send rating',
  failed: 'The rating could not be sent. Please try again.',
  already_rated: 'You have rated this already. Thank you.',
  rating_expired: 'The time in which this could be rated is over.',
};
const ZH: Record<string, string> = {
  title: '您的評分',
  star: '{n} 顆星',
  stars: '{n} 顆星',
  comment: '有什麼想補充的嗎？（選填）',
  send: '送出評分',
  failed: '評分無法送出，請再試一次。',
  already_rated: '您已評分過，謝謝。',
  rating_expired: '評分期限已過。',
};

/** Here and not with the other words, because most visitors never see a card. */
export const ratingWords = (locale: string): Record<string, string> => (locale.startsWith('zh') ? ZH : EN);
