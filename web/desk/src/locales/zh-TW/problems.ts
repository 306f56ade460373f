/** 依伺服器的代碼顯示；沒有對應文字時顯示伺服器自己的說明。 */
export default {
  no_connection: '無法連線到 Helpline。請檢查網路連線後再試一次。',
  unknown: '發生問題，請再試一次。',
  wrong_credentials: '電子郵件與密碼不相符。',
  password_unchanged: '新密碼不能與目前的密碼相同。',
  password_too_weak: '請使用至少 10 個字元、不過於簡單的密碼。',
  too_many_attempts: '嘗試次數過多，請等幾分鐘後再試。',
  already_set_up: '這個 Helpline 已完成設定，請直接登入。',
  conversation_closed: '這個對話已經結束。',
  edited_meanwhile: '其他人剛剛修改了這筆資料。',
  record_completed: '這筆服務紀錄已經結案。',
  record_incomplete: '還有資料沒有填寫。',
  file_too_large: '檔案超過 20 MB。',
  file_refused: '不接受這種類型的檔案。',
  storage_full: '檔案空間已用完，請管理員調高上限。',
  file_not_kept: '檔案無法儲存，請稍後再試。',
};
