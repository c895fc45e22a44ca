-- The end itself is told once as well: it has no days left.
ALTER TABLE "CardReminder" DROP CONSTRAINT "card_reminder_days";
ALTER TABLE "CardReminder" ADD CONSTRAINT "card_reminder_days" CHECK ("daysLeft" IN (0, 1, 7, 30));
