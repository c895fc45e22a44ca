/** A person signs in with an address where they are reached: the kernel's `Contact`. */
export {
  type Contact as Login,
  maskContact as maskLogin,
  parseContact as parseLogin,
} from '@/lib/kernel/contact';
