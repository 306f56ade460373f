import { onActivated, onBeforeUnmount, onDeactivated, onMounted, ref, shallowReactive, type Component } from 'vue';
import { isComposing, isSingleKey, strokeOf } from './keys';

export interface Command {
  /** A key of the locale files, so that the sheet follows the language. */
  name: string;
  /** For what is called by a name of its own, such as a colleague: the text itself, in place of that of `name`. */
  label?: string;
  /** "j", "mod+enter", "g i" (one after the other). Several ways are separated by a comma: "down,j". None: from the palette only. */
  keys?: string;
  run: () => void;
  /** Commands of a group stand together on the sheet; a key of the locale files as well. */
  group?: string;
  icon?: Component;
  /** Beside the name in the palette: how many places are free, for instance. */
  hint?: string;
  when?: () => boolean;
  /** Also while a field has the focus. */
  inFields?: boolean;
  /** Moves about where one is; nothing to be chosen from the palette. */
  keyOnly?: boolean;
}

type Source = () => readonly Command[];
const sources = shallowReactive<Source[]>([]);
let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Whether single letters are commands. Some dictate, some have a cat: it can be switched off in the profile. */
export const singleKeys = ref(true);

/** All commands of what is on the page now, in the order in which it came. */
export function commandsHere(): Command[] {
  return sources.flatMap((source) => source());
}

/** Registers a command while its component is on the page. The sheet of all keys and the palette are made from these. */
export function useCommand(command: Command): void {
  useCommands(() => [command]);
}

/** Registers commands that follow from what is known, such as one for each colleague. */
export function useCommands(source: Source): void {
  const add = () => {
    if (!sources.includes(source)) sources.push(source);
  };
  const take = () => {
    const at = sources.indexOf(source);
    if (at >= 0) sources.splice(at, 1);
  };
  onMounted(add);
  onActivated(add);
  onDeactivated(take);
  onBeforeUnmount(take);
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** A link or button under the focus keeps its own Enter and space. */
function actsItself(target: EventTarget | null, stroke: string): boolean {
  if (stroke !== 'enter' && stroke !== 'space') return false;
  return target instanceof HTMLElement && target.closest('a, button, [role="menuitem"], summary') !== null;
}

/** A dialog, menu or list that floats above has the keys to itself; one below a field leaves it what is no typing: ⌘S saves. */
function floats(target: EventTarget | null, stroke: string): boolean {
  if (document.querySelector('dialog[open]')) return true;
  const isOfField = target instanceof HTMLElement && target.matches('[role="combobox"]') && stroke.startsWith('mod+');
  return !isOfField && document.querySelector('[data-reka-popper-content-wrapper]') !== null;
}

const waysOf = (command: Command) => (command.keys?.split(',') ?? []).filter((keys) => singleKeys.value || !isSingleKey(keys));

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const stroke = strokeOf(event);
  if (floats(event.target, stroke)) return;
  if (actsItself(event.target, stroke)) return;
  const typing = inField(event.target);
  const typed = pending ? `${pending} ${stroke}` : stroke;
  pending = '';
  clearTimeout(pendingTimer);
  // The newest registration wins: what opened last is nearest to the hand.
  const open = commandsHere()
    .reverse()
    .filter((one) => (!typing || one.inFields) && (one.when?.() ?? true));
  const found = open.find((one) => waysOf(one).includes(typed));
  if (found) {
    event.preventDefault();
    found.run();
  } else if (open.some((one) => waysOf(one).some((keys) => keys.startsWith(`${typed} `)))) {
    pending = typed;
    pendingTimer = setTimeout(() => (pending = ''), 1500);
  }
}
