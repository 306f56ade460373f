/** The emoji people use in such talks, by kind: the sign, its name and other words for it, then the same in Chinese. */
export const KINDS = {
  faces: `
🙂 smile happy|微笑 開心
😀 grinning smile happy|大笑 開心
😄 joyful smile laugh|笑開懷 開心
😁 beaming grin smile|露齒笑
😅 sweat_smile relief phew|苦笑 冒汗
😂 joy laugh tears lol|笑哭 大笑
🤣 rofl laugh rolling|笑翻
😊 blush smile shy warm|害羞微笑 臉紅
😇 innocent angel halo|天使 無辜
😉 wink|眨眼
😍 heart_eyes love|愛心眼 喜歡
🥰 loving hearts love smile|被愛包圍 喜歡
😘 kiss|飛吻
😋 yum delicious tasty|好吃 美味
😜 playful tongue wink|吐舌 調皮
🤗 hug|擁抱
🤭 oops giggle hand|掩嘴笑
🤔 thinking hmm|思考 想想
😐 neutral|面無表情
😏 smirk|得意
🙄 eye_roll|翻白眼
😬 grimace awkward|尷尬
😌 relieved calm|鬆一口氣 放心
😴 sleeping tired|睡覺 想睡
😷 mask ill|口罩 生病
🤒 fever ill sick|發燒 生病
🥵 hot|好熱
🥶 cold freezing|好冷
🤯 mind_blown exploding|震驚 頭爆炸
🥳 party celebrate|派對 慶祝
😎 cool sunglasses|酷 墨鏡
🤓 nerd glasses|書呆子 眼鏡
😕 confused|困惑
😟 worried|擔心
🙁 frown sad|不開心 難過
😮 surprised wow|驚訝
😳 flushed embarrassed|臉紅 不好意思
🥺 pleading please|拜託 懇求
😢 cry sad tear|流淚 難過
😭 sob cry|大哭
😤 huff steam|生氣 哼
😠 angry|生氣
😱 scream shock|尖叫 嚇到
😰 anxious sweat|焦慮 冒冷汗
😞 disappointed sad|失望`,
  hands: `
👍 thumbs_up yes good +1|讚 好
👎 thumbs_down no bad -1|倒讚 不好
👌 ok_hand perfect|沒問題 OK
🤝 handshake deal agreed|握手 合作
👏 clap applause bravo|拍手 鼓掌
🙌 raised_hands hooray|舉手歡呼
🙏 pray thanks please|感謝 拜託 合十
💪 muscle strong|加油 強壯
👋 wave hello bye|揮手 你好 再見
🤞 fingers_crossed luck|祈求好運
✌️ victory peace|勝利 耶
👉 point_right|指右
👈 point_left|指左
👆 point_up|指上
👇 point_down|指下
✋ raised_hand stop|舉手 停
🤷 shrug|聳肩 不知道
🤦 facepalm|扶額 無言
🙋 hand_up me|我 舉手
🙇 bow sorry thanks|鞠躬 抱歉
👀 eyes look|看 眼睛
👂 ear listen|聽 耳朵`,
  hearts: `
❤️ heart love red|愛心 紅心
🧡 orange_heart|橘心
💛 yellow_heart|黃心
💚 green_heart|綠心
💙 blue_heart|藍心
💜 purple_heart|紫心
🖤 black_heart|黑心
🤍 white_heart|白心
💔 broken_heart|心碎
💯 hundred perfect|一百分 滿分
✨ sparkles shiny new|閃亮
💥 boom|爆炸
💫 dizzy star|頭暈 星星
💬 speech_bubble chat message|對話 訊息
💤 zzz sleep|睡
🎉 tada party congratulations|恭喜 慶祝
🎈 balloon birthday|氣球 生日
🎁 gift present|禮物
🏆 trophy winner|獎盃 冠軍`,
  nature: `
🐶 dog|狗
🐱 cat|貓
🐰 rabbit|兔子
🦊 fox|狐狸
🐻 bear|熊
🐼 panda|熊貓 貓熊
🐷 pig|豬
🐸 frog|青蛙
🐵 monkey|猴子
🐧 penguin|企鵝
🐦 bird|鳥
🦉 owl|貓頭鷹
🐝 bee|蜜蜂
🦋 butterfly|蝴蝶
🐢 turtle|烏龜
🐳 whale|鯨魚
🌲 tree|樹
🌵 cactus|仙人掌
🌷 tulip flower|鬱金香 花
🌹 rose flower|玫瑰 花
🌻 sunflower flower|向日葵 花
🍀 clover luck|幸運草
🌞 sun|太陽
🌙 moon night|月亮 晚安
⭐ star|星星
🔥 fire hot|火 熱門
🌈 rainbow|彩虹
⛄ snowman winter|雪人
☔ rain umbrella|下雨 雨傘
🌊 wave_sea water|海浪`,
  food: `
🍎 apple|蘋果
🍊 orange tangerine|橘子
🍋 lemon|檸檬
🍌 banana|香蕉
🍉 watermelon|西瓜
🍇 grapes|葡萄
🍓 strawberry|草莓
🥭 mango|芒果
🍍 pineapple|鳳梨
🥑 avocado|酪梨
🥕 carrot|紅蘿蔔
🍞 bread|麵包
🧀 cheese|起司
🍔 burger|漢堡
🍟 fries|薯條
🍕 pizza|披薩
🍜 noodles ramen|麵 拉麵
🍣 sushi|壽司
🍱 bento lunch|便當
🍚 rice|白飯
🎂 cake birthday|蛋糕 生日
🍪 cookie|餅乾
🍫 chocolate|巧克力
☕ coffee tea|咖啡
🍵 tea|茶
🧋 bubble_tea boba|珍珠奶茶 珍奶
🍺 beer|啤酒
🍷 wine|紅酒`,
  things: `
📦 package parcel box order|包裹 商品 訂單
🚚 truck delivery shipping|貨車 配送 出貨
🚗 car|汽車
🚲 bicycle bike|腳踏車
🛵 scooter|機車
🚆 train|火車
✈️ plane flight|飛機
🚀 rocket fast|火箭
🏠 house home|家 房子
🏢 office building|辦公大樓
🏪 shop store|商店 超商
🏦 bank|銀行
🎒 backpack bag|背包
👟 shoe sneaker|鞋子
👕 shirt|上衣 T恤
🧥 coat jacket|外套
⛺ tent camping|帳篷 露營
📱 phone mobile|手機
💻 laptop computer|筆電 電腦
🖨️ printer|印表機
📷 camera photo|相機 照片
🔋 battery|電池
🔌 plug power|插頭 電源
💡 idea bulb light|點子 燈泡
🔧 wrench repair|扳手 維修
🔨 hammer repair|槌子
🔑 key|鑰匙
🔒 lock secure|鎖 安全
📅 calendar date|日曆 日期
⏰ alarm clock time|鬧鐘 時間
⏳ hourglass wait|沙漏 等候
📌 pin|圖釘
📎 paperclip attachment|迴紋針 附件
📝 memo note|筆記
📄 document page|文件
📧 email mail|電子郵件
📞 telephone call|電話
💳 card payment|信用卡 付款
💰 money|錢
🧾 receipt invoice|收據 發票
🛒 cart shopping|購物車`,
  signs: `
✅ check done yes|完成 打勾
❌ cross no wrong|錯 叉
❓ question|問號 疑問
❗ exclamation important|驚嘆號 重要
⚠️ warning|警告 注意
⛔ no_entry|禁止
🚫 prohibited|禁止
♻️ recycle|回收
🔄 refresh again exchange|重新整理 換貨
🔔 bell notification|鈴鐺 通知
🔕 muted silent|靜音
➕ plus|加
➖ minus|減
⬆️ up|上
⬇️ down|下
➡️ right next|右
⬅️ left back|左
🆗 ok|OK 好
🆕 new|新
🆓 free|免費
🔴 red_circle|紅圈
🟡 yellow_circle|黃圈
🟢 green_circle|綠圈
🔵 blue_circle|藍圈`,
} as const;
