export default {
  why: {
    no_own_address: 'the address of this installation is not set (HELPLINE_ADDRESS), so nobody could fetch the file',
    calls_refused: 'what its provider tells us is turned away, as it is not signed with the secret that is filled in: the secret was probably changed there',
    no_such_file: 'its file is not on our disk any more',
    unreachable: 'it cannot be reached',
    timeout: 'it does not answer in time',
    refused_address: 'its address may not be called',
    redirected: 'it points elsewhere',
    too_large: 'its answer is too long',
    no_webhook: 'the bot does not know where to tell what customers write; join it below',
    webhook_off: '“Use webhook” is off in the LINE Developers console, so nothing comes in',
    no_business_account: 'the WhatsApp Business account ID is missing; fill it in, or follow the steps by hand',
  },
  fallen: 'does not take our messages: {why}. They wait and are tried again.',
  fallenSomehow: 'does not take our messages. They wait and are tried again.',
  mend: 'Look at the channel',
  window: 'Can be answered freely for {time} more.',
};
