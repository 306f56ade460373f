export { countUse, matching } from './canned';
export { default as CannedMenu } from './CannedMenu.vue';
export { fill, VARIABLES } from './variables';
export { useVariables } from './useVariables';
