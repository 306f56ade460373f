const EN = {
  formIntro: 'Tell us who you are, then it goes on without forms.',
  formStart: 'Start the chat',
  formOptional: 'optional',
  formChoose: 'Please choose',
  formPrivacy: 'Privacy',
  form_name: 'Name',
  form_email: 'E-mail',
  form_phone: 'Phone',
  formEmpty: 'Please fill this in.',
  formNeedsChoice: 'Please choose one.',
  formNeedsConsent: 'Please agree to go on.',
  formEmail: 'Write it like name@post.example.',
  formEmailDot: 'Add the part after the dot, as in post.example.',
  formPhone: 'Write it with digits, like +44 7700 900321.',
};
export type FormText = keyof typeof EN;
const ZH: Record<FormText, string> = {
  formIntro: '請先告訴我們您是誰，之後就不再需要填表。',
  formStart: '開始對話',
  formOptional: '選填',
  formChoose: '請選擇',
  formPrivacy: '隱私權',
  form_name: '姓名',
  form_email: '電子郵件',
  form_phone: '電話',
  formEmpty: '請填寫此欄。',
  formNeedsChoice: '請選擇一項。',
  formNeedsConsent: '請先同意，才能繼續。',
  formEmail: '格式如 name@post.example。',
  formEmailDot: '請補上「.」之後的部分，例如 post.example。',
  formPhone: '請以數字填寫，例如 +886 912 345 678。',
};

/** Here and not with the other words, because most visitors never see a form. */
export const formWords = (locale: string): Record<FormText, string> => (locale.startsWith('zh') ? ZH : EN);
