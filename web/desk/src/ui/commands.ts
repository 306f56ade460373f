import { onActivated, onBeforeUnmount, onDeactivated, onMounted, shallowReactive } from 'vue';
import { strokeOf } from './keys';

export interface Command {
  /** A key of the locale files, so that the sheet follows the language. */
  name: string;
  /** "j", "mod+enter", "g i" (one after the other). Several ways are separated by a comma: "down,j". */
  keys: string;
  run: (event: KeyboardEvent) => void;
  /** Commands of a group stand together on the sheet; a key of the locale files as well. */
  group?: string;
  when?: () => boolean;
  /** Also while a field has the focus. */
  inFields?: boolean;
}

export const commands = shallowReactive<Command[]>([]);
let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Registers a command while its component is on the page. The sheet of all keys is made from these. */
export function useCommand(command: Command): void {
  const add = () => {
    if (!commands.includes(command)) commands.push(command);
  };
  const take = () => {
    const at = commands.indexOf(command);
    if (at >= 0) commands.splice(at, 1);
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

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // A dialog, menu or list that floats above has the keys to itself.
  if (document.querySelector('dialog[open], [data-reka-popper-content-wrapper]')) return;
  const stroke = strokeOf(event);
  if (actsItself(event.target, stroke)) return;
  const typing = inField(event.target);
  const typed = pending ? `${pending} ${stroke}` : stroke;
  pending = '';
  clearTimeout(pendingTimer);
  // The newest registration wins: what opened last is nearest to the hand.
  const open = [...commands].reverse().filter((one) => (!typing || one.inFields) && (one.when?.() ?? true));
  const found = open.find((one) => one.keys.split(',').includes(typed));
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (open.some((one) => one.keys.split(',').some((keys) => keys.startsWith(`${typed} `)))) {
    pending = typed;
    pendingTimer = setTimeout(() => (pending = ''), 1500);
  }
}
