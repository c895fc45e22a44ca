import { procedures } from '../procedures';
import { serve } from '../serve';
import { testProcedures } from './procedures';

serve({ ...procedures, ...testProcedures });
