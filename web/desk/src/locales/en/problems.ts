/** Sentences by the server's code; a code without one shows the server's own. */
export default {
  no_connection: 'Helpline cannot be reached. Check the connection and try again.',
  unknown: 'Something went wrong. Try again.',
  wrong_credentials: 'That e-mail and password do not match.',
  password_unchanged: 'Choose a password that is not the one you have.',
  password_too_weak: 'Choose a password of at least 10 characters that is not too simple.',
  too_many_attempts: 'Too many tries. Wait a few minutes, then try again.',
  already_set_up: 'This Helpline has been set up already. Sign in instead.',
  conversation_closed: 'The conversation has ended.',
  edited_meanwhile: 'Somebody else changed this meanwhile.',
  record_completed: 'This service record is completed.',
  record_incomplete: 'Something is still missing.',
  file_too_large: 'The file is larger than 20 MB.',
  file_refused: 'Files of this kind are not accepted.',
  storage_full: 'The space for files is used up. An administrator can allow more.',
  file_not_kept: 'The file could not be stored. Try again later.',
};
