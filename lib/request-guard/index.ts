export { contentSecurityPolicy } from './content-security-policy';
export { securityHeaders } from './headers';
export { type ChangeRequest, isForeignChange } from './origin';
export { PATH_HEADER } from './path-header';
