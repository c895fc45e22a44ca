import { expect, signUpSomebody, test } from '../demo';
import { expectAccessible, payAtAlipay } from '../shopping';
