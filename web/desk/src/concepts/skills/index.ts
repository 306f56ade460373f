export { default as SkillsField } from './SkillsField.vue';
export { skillName, whoCan } from './skills';
