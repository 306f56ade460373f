"""What the errors of Messenger and Instagram mean, by code and subcode; where a subcode is not known its code alone says it."""

from helpline.channels.reasons import Meaning, Reason

A_MINUTE = 60.0

ERRORS = {
    (1, 0): Meaning("An unknown error occurred", Reason.UNKNOWN),
    (1, 99): Meaning("An unknown error occurred; missing permissions can cause this", Reason.PERMISSION),
    # All is sent, and the answer is an error all the same.
    (1, 1357046): Meaning("Received invalid JSON reply", Reason.UNKNOWN, may_have_arrived=True),
    (2, 0): Meaning("An unexpected error has occurred. Please retry your request later", Reason.DOWN),
    (2, 2018344): Meaning("Service temporarily unavailable: privacy terms not accepted", Reason.PAYMENT),
    (3, 0): Meaning("Application does not have the capability to make this API call", Reason.PERMISSION),
    (4, 0): Meaning("Application request limit reached", Reason.LIMIT, A_MINUTE),
    (4, 2018022): Meaning("Too many send requests to phone numbers", Reason.LIMIT, A_MINUTE),
    (10, 0): Meaning("Application does not have permission for this action", Reason.PERMISSION),
    (10, 2018065): Meaning("This message is sent outside of allowed window", Reason.WINDOW_CLOSED),
    (10, 2018108): Meaning("This person isn't receiving messages from you right now", Reason.BLOCKED_US),
    (10, 2018278): Meaning("This message is sent outside of allowed window", Reason.WINDOW_CLOSED),
    (10, 2018300): Meaning("Another app is controlling this thread now", Reason.ELSEWHERE),
    (10, 2534022): Meaning("This message is sent outside of allowed window", Reason.WINDOW_CLOSED),
    (17, 0): Meaning("User request limit reached", Reason.LIMIT, A_MINUTE),
    (32, 0): Meaning("Page request limit reached", Reason.LIMIT, A_MINUTE),
    (33, 0): Meaning("This object does not exist", Reason.PERMISSION),
    (100, 0): Meaning("Invalid parameter", Reason.NOT_UNDERSTOOD),
    (100, 33): Meaning("Object does not exist or cannot be loaded due to missing permissions", Reason.PERMISSION),
    (100, 2018001): Meaning("No matching user found", Reason.NO_SUCH_ADDRESS),
    (100, 2018008): Meaning("Failed to fetch the file from the URL", Reason.FILE_NOT_FETCHED),
    (100, 2018034): Meaning("Message cannot be empty", Reason.NOT_UNDERSTOOD),
    (100, 2018047): Meaning("Upload attachment failure: the type does not match the file", Reason.FILE_REFUSED),
    (100, 2018074): Meaning("The attachment is not owned by the page", Reason.FILE_REFUSED),
    (100, 2018109): Meaning("Attachment size exceeds allowable limit", Reason.FILE_REFUSED),
    (100, 2018278): Meaning("This message is sent outside of allowed window", Reason.WINDOW_CLOSED),
    (100, 2534014): Meaning("The requested user cannot be found", Reason.NO_SUCH_ADDRESS),
    (102, 0): Meaning("Session key invalid or no longer valid", Reason.TOKEN),
    (190, 0): Meaning("Invalid OAuth access token", Reason.TOKEN),
    (200, 1545041): Meaning("Message not sent: this person isn't available right now", Reason.BLOCKED_US),
    (200, 2018028): Meaning("Users who have no role on the app cannot be messaged before review", Reason.TEST_ACCOUNT),
    (341, 0): Meaning("Application limit reached", Reason.LIMIT, A_MINUTE),
    (368, 0): Meaning("Temporarily blocked for policies violations", Reason.LOCKED),
    (551, 0): Meaning("This person isn't available right now", Reason.BLOCKED_US),
    (613, 0): Meaning("Calls to this API have exceeded the rate limit", Reason.BUSY),
    (1200, 0): Meaning("Temporary send message failure. Please try again later", Reason.DOWN),
    (2022, 0): Meaning("This person cannot be reached", Reason.BLOCKED_US),
    (80002, 0): Meaning("Too many calls to this Instagram account", Reason.LIMIT, A_MINUTE),
    (80006, 0): Meaning("Too many calls to this page's Messenger", Reason.LIMIT, A_MINUTE),
}

PERMISSIONS = range(200, 300)
"""All of these are of permissions that were not granted, or taken away."""
