"""SMS, by Twilio or by whatever speaks as Twilio does."""
