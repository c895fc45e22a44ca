-- A page in one language shows messages in the other as such. What was there before was written in the first one.
ALTER TABLE "SandboxMessage" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'zh-CN';
