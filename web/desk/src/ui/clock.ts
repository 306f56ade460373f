import { readonly, ref } from 'vue';

/** One clock for the whole page, ticking each second. It follows the server's time when ours is off. */
const time = ref(Date.now());
let offset = 0;

export const now = readonly(time);

/** The `Date` header counts whole seconds, so smaller differences mean nothing. */
export function followServerTime(at: number): void {
  const difference = at - Date.now();
  if (Number.isFinite(difference) && Math.abs(difference - offset) > 2000) {
    offset = Math.abs(difference) > 2000 ? difference : 0;
    time.value = Date.now() + offset;
  }
}

setInterval(() => {
  time.value = Date.now() + offset;
}, 1000);
