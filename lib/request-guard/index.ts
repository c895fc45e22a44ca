export { contentSecurityPolicy } from './content-security-policy';
export { securityHeaders } from './headers';
export { type ChangeRequest, isForeignChange } from './origin';
export { HIDDEN_HEADER, PATH_HEADER } from './path-header';
