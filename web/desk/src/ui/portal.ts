import { inject, provide, type InjectionKey, type Ref } from 'vue';

type Target = Readonly<Ref<HTMLElement | undefined>>;
const KEY: InjectionKey<Target> = Symbol('portal');

/** A modal dialog lies above everything else on the page, so what floats over it must stand inside it. */
export function holdFloats(target: Target): void {
  provide(KEY, target);
}

export function useFloatTarget(): Target | undefined {
  return inject(KEY, undefined);
}
