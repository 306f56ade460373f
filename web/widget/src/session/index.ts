import type { SessionSetup, Watch } from '../parts';
import { VisitorSession } from './session';

export const begin = (setup: SessionSetup): Watch => new VisitorSession(setup);
