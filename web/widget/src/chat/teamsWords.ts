const EN: Record<string, string> = {
  title: 'Choose a team',
  failed: 'Your choice could not be sent. Please try again.',
  team_gone: 'This team is no longer there. Please choose another one.',
};
const ZH: Record<string, string> = {
  title: '選擇部門',
  failed: '選擇無法送出，請再試一次。',
  team_gone: '這個部門已無法選擇，請選擇其他部門。',
};

/** Here and not with the other words, because most visitors never see a card. */
export const teamsWords = (locale: string): Record<string, string> => (locale.startsWith('zh') ? ZH : EN);
