export default {
  heading: '登入中的瀏覽器',
  this: '目前這個',
  unknown: '未知的瀏覽器',
  times: '登入於 {since}，最後活動 {seen}',
  end: '登出',
  endNamed: '登出 {browser}',
  endOthers: '登出其他所有瀏覽器',
};
