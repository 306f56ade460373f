export default {
  matrix: '各角色的權限',
  yes: '可以',
  no: '不可以',
  notYours: '你沒有這項權限，因此無法授予他人。',
  about: {
    conversation: '對話',
    record: '服務紀錄',
    contact: '聯絡人',
    people: '客服人員、團隊與角色',
    settings: '服務設定',
    data: '資料',
  },
  can: {
    conversation: {
      read: '查看自己與所屬團隊的對話',
      read_all: '查看所有對話',
      reply: '回覆聯絡人並撰寫內部備註',
      take: '從佇列中接手等候的對話',
      transfer: '將對話轉交給其他客服人員或團隊',
      close: '結束對話',
    },
    record: {
      read: '查看自己與所屬團隊的服務紀錄',
      read_all: '查看所有服務紀錄',
      edit: '填寫、完成與重新開啟自己的服務紀錄',
      edit_all: '填寫、完成與重新開啟所有服務紀錄',
    },
    contact: { read: '查詢聯絡人', edit: '新增與變更聯絡人' },
    people: { read: '查看客服人員、團隊與在線狀態', manage: '新增與變更客服人員、團隊與角色' },
    settings: {
      read: '查看渠道、渠道分類、委託方、服務結果與服務原因',
      manage: '變更渠道、渠道分類、委託方、服務結果與服務原因',
    },
    board: { read: '檢視即時看板' },
    availability: { set: '設定其他客服的狀態' },
    data: { import: '匯入其他系統的聯絡人、對話與服務紀錄' },
  },
};
