export default {
  why: {
    no_own_address: '尚未設定本系統的網址（HELPLINE_ADDRESS），對方無法取得檔案',
    calls_refused: '平台送來的訊息因簽章與所填密鑰不符而被拒收；密鑰很可能已在平台端更換',
    no_such_file: '檔案已不在本系統的磁碟上',
    unreachable: '無法連線',
    timeout: '沒有在時限內回應',
    refused_address: '不允許呼叫這個網址',
    redirected: '它轉到其他位置',
    too_large: '回應過長',
    no_webhook: '機器人不知道要把聯絡人的訊息送到哪裡；請在下方連接',
    webhook_off: 'LINE Developers 主控台的「Use webhook」尚未開啟，因此收不到訊息',
    no_business_account: '缺少 WhatsApp Business 帳號 ID；請填入，或依步驟手動設定',
  },
  fallen: '不接受我們的訊息：{why}。訊息會保留並重試。',
  fallenSomehow: '不接受我們的訊息。訊息會保留並重試。',
  mend: '查看管道',
  window: '還有 {time} 可自由回覆。',
};
