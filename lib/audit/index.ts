export { type AuditEntry, auditRow, recordAudit } from './record-audit';
