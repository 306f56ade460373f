export { default as ContactChecks } from './ContactChecks.vue';
export { default as ContactPicker } from './ContactPicker.vue';
export { default as MayBe } from './MayBe.vue';
export { loadContact } from './useContactSearch';
