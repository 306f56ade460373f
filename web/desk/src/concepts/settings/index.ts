export { useRefusals } from './refusals';
