/** What a person signs in with is where the person is reached. */
export {
  type Contact as Login,
  maskContact as maskLogin,
  parseContact as parseLogin,
} from '@/lib/kernel/contact';
