import { onBeforeUnmount, onMounted, onScopeDispose } from 'vue';
import { forgetEnded } from './apply';

const EVERY = 5 * 60_000;
type Ids = () => Iterable<string>;
const holders = new Set<Ids>();

/** Conversations and records that something needs although they are over, and contacts without either; the answer is asked for whenever something is forgotten. */
export function hold(ids: Ids): () => void {
  holders.add(ids);
  return () => holders.delete(ids);
}

/** The same for as long as the component is there. */
export function useHeld(ids: Ids): void {
  onScopeDispose(hold(ids));
}

export function forgetUnheld(): void {
  forgetEnded(new Set([...holders].flatMap((ids) => [...ids()])));
}

/** A desk is open all day: now and then, what is over and needed by nothing is let go. */
export function useForgetting(): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => (timer = setInterval(forgetUnheld, EVERY)));
  onBeforeUnmount(() => clearInterval(timer));
}
