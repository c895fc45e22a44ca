-- The end itself is told once as well: it has no days left. SQLite changes a CHECK only by making the table anew.
CREATE TABLE "CardReminder_new" (
    "cardId" TEXT NOT NULL,
    "daysLeft" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("cardId", "daysLeft", "expiresAt"),
    CONSTRAINT "CardReminder_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "card_reminder_days" CHECK ("daysLeft" IN (0, 1, 7, 30))
);
INSERT INTO "CardReminder_new" SELECT "cardId", "daysLeft", "expiresAt", "at" FROM "CardReminder";
DROP TABLE "CardReminder";
ALTER TABLE "CardReminder_new" RENAME TO "CardReminder";
