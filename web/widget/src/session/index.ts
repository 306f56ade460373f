import { Blobs } from '../kept/blobs';
import { browserStore, keepUnder } from '../kept/keep';
import type { Session, SessionSetup } from '../parts';
import { VisitorSession } from './session';

export function begin(setup: SessionSetup): Session {
  const prefix = `helpline:${setup.key}:`;
  const kept = keepUnder(prefix, browserStore('localStorage'));
  const drafts = keepUnder(prefix, browserStore('sessionStorage'));
  return new VisitorSession(setup, kept, drafts, new Blobs());
}
