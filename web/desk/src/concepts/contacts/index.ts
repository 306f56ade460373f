export { default as ContactChecks } from './ContactChecks.vue';
export { default as ContactPicker } from './ContactPicker.vue';
export { loadContact } from './useContactSearch';
