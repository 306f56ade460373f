export default {
  skills: '技能',
  languages: '語言',
  new: '新增',
  add: '新增「{name}」',
  placeholder: '新增技能或語言',
  none: '輸入文字即可新增技能。',
};
