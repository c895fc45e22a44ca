export { changeName } from './change-name';
export { changePassword } from './change-password';
export { checkSession } from './check-session';
export { confirmPassword } from './confirm-password';
export { createStaff } from './create-staff';
export { type DeviceDescription, describeDevice } from './describe-device';
export { deviceProof, isKnownDevice, withProof } from './known-device';
export { type Login, maskLogin, parseLogin } from './login';
export {
  type ChangePasswordRefusal,
  type CreateStaffRefusal,
  hasRole,
  type RequestOrigin,
  ROLES,
  type Role,
  SESSION_MAX_MS,
  type SignedInUser,
  type SignInRefusal,
  type SignUpRefusal,
} from './model';
export { revokeOtherSessions, revokeSession, signOut } from './revoke-sessions';
export { signIn } from './sign-in';
export { signUp } from './sign-up';
export type { IdentityContext } from './store';
export { type AccountView, listSessions, type SessionView, viewAccount } from './views';
