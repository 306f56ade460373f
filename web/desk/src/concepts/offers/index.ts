export { default as OfferBanner } from './OfferBanner.vue';
