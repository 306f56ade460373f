import { useState } from 'preact/hooks';

import type { Conversation } from '../wire';
import { useTalk } from './talk';

export interface Ending {
  canEnd: boolean;
  step: 'none' | 'asked' | 'busy' | 'failed';
  ask(): void;
  leave(): void;
  confirm(): void;
}

/** Ending the conversation: asked once more, because it cannot be taken back. */
export function useEnding(conversation: Conversation | null): Ending {
  const { session } = useTalk();
  const [step, setStep] = useState<Ending['step']>('none');
  const canEnd = conversation !== null && conversation.state !== 'closed';
  return {
    canEnd,
    step: canEnd ? step : 'none',
    ask() {
      setStep('asked');
    },
    leave() {
      setStep('none');
    },
    confirm() {
      setStep('busy');
      void session.end().then((isDone) => {
        setStep(isDone ? 'none' : 'failed');
      });
    },
  };
}
