export { contentSecurityPolicy } from './content-security-policy';
export { STRICT_TRANSPORT } from './headers';
export { type ChangeRequest, isForeignChange, originOf } from './origin';
export { HIDDEN_HEADER, PATH_HEADER } from './path-header';
export { isReadablePath } from './readable-path';
