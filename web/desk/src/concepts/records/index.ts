export { default as RecordForm } from './RecordForm.vue';
export { default as RecordBadge } from './RecordBadge.vue';
export { recordSeconds } from './times';
export { reasonGroups, resultGroups } from './choices';
